using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Rlm.Workers;

/// <summary>A queue of calls in the tables of a PostgreSQL server, which <c>rlm workers init</c> makes.</summary>
internal sealed class PostgresQueue : ICallQueue
{
    /// <summary>That of Schema.sql.</summary>
    public const int Version = 2;

    /// <summary>What Schema.sql calls the channels of its notices.</summary>
    public const string Posted = "rlm_posted", Finished = "rlm_finished";

    private const int SlowestBytesPerSecond = 100_000;

    private readonly NpgsqlDataSource _source;
    private readonly QueueListener _listener;
    private readonly string _place;

    private PostgresQueue(NpgsqlDataSource source, string place, TimeSpan lease, string channel)
    {
        (_source, _place, Lease) = (source, place, lease);
        _listener = new(source, channel, () => Changed?.Invoke());
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public TimeSpan Lease { get; }

    /// <summary>Connects, and looks whether the tables are those of this version.</summary>
    /// <param name="url">The address.</param>
    /// <param name="channel">What is told of: calls that are posted, or finished.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CallQueueException">They are not, or the server does not answer.</exception>
    public static async Task<PostgresQueue> OpenAsync(string url, string channel, CancellationToken cancellationToken)
    {
        var (source, place) = CreateSource(url);
        try
        {
            var (version, lease) = await QueueFailures.GuardAsync(place, async () =>
            {
                await using var command = source.CreateCommand("select version, lease from rlm.about()");
                await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? (reader.GetInt32(0), reader.GetFieldValue<TimeSpan>(1))
                    : (0, default);
            }).ConfigureAwait(false);
            return version == Version
                ? new(source, place, lease, channel)
                : throw new CallQueueException(
                    $"the queue at {place} has tables of version {version}, and this rlm wants version {Version}: take the same rlm everywhere, and run `rlm workers init`",
                    isTransient: false);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What connections to a server are made by.</summary>
    public static (NpgsqlDataSource Source, string Place) CreateSource(string url)
    {
        var address = QueueAddress.Read(url);
        var builder = new NpgsqlSlimDataSourceBuilder(address.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        // Only types that every server has are used.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return (builder.Build(), QueueAddress.Display(address));
    }

    /// <inheritdoc/>
    public Task PostAsync(IReadOnlyList<QueuedCall> calls, CancellationToken cancellationToken = default) =>
        Task.WhenAll(calls.GroupBy(call => call.Run).Select(ofRun => ExecuteAsync(
            "select rlm.post($1, $2, $3, $4, $5)",
            [
                Text(ofRun.Key),
                Texts(ofRun.Select(call => call.Id)),
                Texts(ofRun.Select(call => call.Path)),
                Bytes(ofRun.Select(call => call.Body)),
                Many(NpgsqlDbType.Interval, ofRun.Select(call => call.TimeLimit)),
            ],
            cancellationToken)));

    /// <inheritdoc/>
    public Task<QueueProgress> CollectAsync(
        string run, IReadOnlyCollection<string> held, bool withStanding, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        await using var batch = _source.CreateBatch();
        Add(batch, "select * from rlm.replies($1, $2)", Text(run), Texts(held));
        Add(batch, "select * from rlm.lapsed($1)", Text(run));
        Add(batch, "select * from rlm.slots()");
        if (withStanding)
            Add(batch, "select * from rlm.standing($1)", Text(run));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var replies = await ReadAllAsync(reader, ofReply => ReadReply(run, ofReply), cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var lapsed = await ReadAllAsync(reader, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var slots = await ReadAllAsync(reader, row => (Path: row.GetString(0), Slots: row.IsDBNull(1) ? (int?)null : (int)row.GetInt64(1), HasSilent: row.GetBoolean(2)), cancellationToken).ConfigureAwait(false);
        List<string> standing = [];
        if (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            standing = await ReadAllAsync(reader, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return new QueueProgress(
            replies, lapsed, slots.Where(slot => slot.Slots is not null).ToDictionary(slot => slot.Path, slot => slot.Slots!.Value, StringComparer.Ordinal), standing)
        {
            Silent = [.. slots.Where(slot => slot.HasSilent).Select(slot => slot.Path)],
        };
    });

    /// <inheritdoc/>
    public Task SettleAsync(
        string run, IReadOnlyCollection<string> again, IReadOnlyCollection<string> forgotten, CancellationToken cancellationToken = default) =>
        ExecuteAsync("select rlm.settle($1, $2, $3)", [Text(run), Texts(again), Texts(forgotten)], cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(WorkerState worker, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        await using var command = _source.CreateCommand("select rlm.renew($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        command.Parameters.AddRange(new[]
        {
            Text(worker.Name), Text(worker.Instance), Text(worker.Version), new NpgsqlParameter<int> { TypedValue = worker.Slots }, Texts(worker.Paths),
            Text(worker.Trouble), new NpgsqlParameter<bool> { TypedValue = worker.Leaves },
            Texts(worker.Calls.Select(call => call.Run)), Texts(worker.Calls.Select(call => call.Id)),
        });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueuedCall>> TakeAsync(
        string worker, IReadOnlyCollection<string> paths, int most, CancellationToken cancellationToken = default) =>
        GuardAsync<IReadOnlyList<QueuedCall>>(async () =>
        {
            await using var command = _source.CreateCommand("select * from rlm.take($1, $2, $3)");
            command.Parameters.AddRange(new[] { Text(worker), Texts(paths), new NpgsqlParameter<int> { TypedValue = most } });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return await ReadAllAsync(
                reader,
                row => new QueuedCall(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<TimeSpan>(4)),
                cancellationToken).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public Task FinishAsync(string worker, IReadOnlyList<QueuedReply> replies, CancellationToken cancellationToken = default) => ExecuteAsync(
        "select rlm.finish($1, $2, $3, $4, $5, $6, $7)",
        [
            Text(worker),
            Texts(replies.Select(reply => reply.Run)),
            Texts(replies.Select(reply => reply.Id)),
            Many(NpgsqlDbType.Integer, replies.Select(reply => reply.StatusCode)),
            Texts(replies.Select(reply => reply.Failure?.ToString())),
            Texts(replies.Select(reply => WriteHeaders(reply.Headers))),
            Bytes(replies.Select(reply => reply.Body)),
        ],
        cancellationToken,
        replies.Sum(reply => (long)reply.Body.Length));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static QueuedReply ReadReply(string run, NpgsqlDataReader row) => new(run, row.GetString(0))
    {
        StatusCode = row.IsDBNull(1) ? null : row.GetInt32(1),
        Failure = row.IsDBNull(2) ? null : Enum.TryParse<ModelFailure>(row.GetString(2), out var failure) ? failure : ModelFailure.Disconnected,
        Headers = ReadHeaders(row.GetString(3)),
        Body = row.GetFieldValue<byte[]>(4),
    };

    private static string WriteHeaders(IReadOnlyList<(string Name, string Value)> headers)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in headers)
            text.Append(name).Append(": ").Append(value.ReplaceLineEndings(" ").Replace("\0", "", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    private static IReadOnlyList<(string Name, string Value)> ReadHeaders(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2))
            .Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1])),
    ];

    private Task<T> GuardAsync<T>(Func<Task<T>> act) => QueueFailures.GuardAsync(_place, act);

    private Task<int> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken, long bytes = 0) => GuardAsync(async () =>
    {
        await using var command = _source.CreateCommand(sql);
        // What is long on its way is not taken for a server that does not answer.
        command.CommandTimeout += (int)(bytes / SlowestBytesPerSecond);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    });

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    private static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<string?[]> Texts(IEnumerable<string?> texts) => Many(NpgsqlDbType.Text, texts);

    private static NpgsqlParameter<byte[][]> Bytes(IEnumerable<ReadOnlyMemory<byte>> bodies) => Many(NpgsqlDbType.Bytea, bodies.Select(body => body.ToArray()));

    private static NpgsqlParameter<T[]> Many<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
