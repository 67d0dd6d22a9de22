using System.Reflection;
using Npgsql;
using Rlm.Cli.Queues;

namespace Rlm.Workers;

/// <summary>A PostgreSQL server that has a queue of calls, or gets one.</summary>
internal sealed class PostgresServer : IQueueServer
{
    private const string CreateRoles =
        """
        do $$
        declare
            role text;
            made record;
        begin
            foreach role in array array['rlm_owner', 'rlm_run', 'rlm_worker'] loop
                if not exists (select from pg_roles where rolname = role) then
                    execute format('create role %I nologin', role);
                end if;
            end loop;
            if not pg_has_role(current_user, 'rlm_owner', 'member') then
                execute format('grant rlm_owner to %I', current_user);
            end if;
            execute format('grant create on database %I to rlm_owner', current_database());
            -- What somebody made who may make no roles.
            if to_regnamespace('rlm') is not null then
                alter schema rlm owner to rlm_owner;
                for made in select c.oid::regclass as name from pg_class c where c.relnamespace = 'rlm'::regnamespace and c.relkind = 'r' loop
                    execute format('alter table %s owner to rlm_owner', made.name);
                end loop;
                for made in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'rlm'::regnamespace loop
                    execute format('alter function %s owner to rlm_owner', made.name);
                end loop;
            end if;
        end
        $$;
        set local role rlm_owner
        """;

    /// <inheritdoc/>
    public string Display(string url) => QueueAddress.Display(QueueAddress.Read(url));

    /// <inheritdoc/>
    public async Task<ICallQueue> OpenForRunAsync(string url, CancellationToken cancellationToken) =>
        await PostgresQueue.OpenAsync(url, PostgresQueue.Finished, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<ICallQueue> OpenForWorkerAsync(string url, CancellationToken cancellationToken) =>
        await PostgresQueue.OpenAsync(url, PostgresQueue.Posted, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<string> InitAsync(string url, TimeSpan? lease, CancellationToken cancellationToken) => UseAsync(url, async (connection, place) =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        // One after the other, whoever else does it now.
        await ExecuteAsync("select pg_advisory_xact_lock(hashtext('rlm workers init'))").ConfigureAwait(false);
        bool mayMakeRoles = await ReadAsync<bool>("select rolsuper or rolcreaterole from pg_roles where rolname = current_user").ConfigureAwait(false);
        bool isMade = await ReadAsync<bool>("select to_regclass('rlm.rlm_schema') is not null").ConfigureAwait(false);
        int version = isMade ? await ReadAsync<int>("select coalesce(max(version), 0) from rlm.rlm_schema").ConfigureAwait(false) : 0;
        if (version > PostgresQueue.Version)
            throw new CallQueueException($"the queue at {place} was made by a newer rlm (version {version}): take that one", isTransient: false);
        if (mayMakeRoles)
            await ExecuteAsync(CreateRoles).ConfigureAwait(false);
        await ExecuteAsync(ReadText("Schema.sql")).ConfigureAwait(false);
        await ExecuteAsync(
            """
            insert into rlm.rlm_schema (version, lease) select $1, coalesce($2, interval '60 seconds')
            where not exists (select from rlm.rlm_schema)
            """, Version(), Lease()).ConfigureAwait(false);
        await ExecuteAsync("update rlm.rlm_schema set version = $1, lease = coalesce($2, lease)", Version(), Lease()).ConfigureAwait(false);
        if (mayMakeRoles)
            await ExecuteAsync(ReadText("Roles.sql")).ConfigureAwait(false);
        var kept = await ReadAsync<TimeSpan>("select lease from rlm.rlm_schema").ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return Invariant($"the queue at {place} is ready; a worker may be silent for {kept.TotalSeconds:0} s. ")
            + (mayMakeRoles
                ? "Users of runs need the role rlm_run, those of workers rlm_worker: grant rlm_worker to NAME"
                : "This user may make no roles, so that only it can use the queue: one that has CREATEROLE makes them by the same command");

        NpgsqlParameter Version() => new NpgsqlParameter<int> { TypedValue = PostgresQueue.Version };
        NpgsqlParameter Lease() => new() { Value = (object?)lease ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Interval };

        async Task ExecuteAsync(string sql, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            command.Parameters.AddRange(parameters);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        async Task<T> ReadAsync<T>(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return reader.GetFieldValue<T>(0);
        }
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<QueueReport> ListAsync(string url, CancellationToken cancellationToken) => UseAsync(url, async (connection, _) =>
    {
        List<ReportedWorker> workers = [];
        await using (var command = new NpgsqlCommand("select * from rlm.list_workers()", connection))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                workers.Add(new(
                    row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetDouble(6),
                    row.GetDouble(7), row.GetBoolean(8), row.IsDBNull(9) ? null : row.GetString(9)));
            }
        }

        List<ReportedRun> runs = [];
        await using (var command = new NpgsqlCommand("select name, owner::text, waiting, under_way, lapsed, replies, oldest from rlm.list_runs()", connection))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
                runs.Add(new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetDouble(6)));
        }

        return new QueueReport(workers, runs);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<long> ForgetAsync(string url, string run, CancellationToken cancellationToken) => UseAsync(url, async (connection, _) =>
    {
        await using var command = new NpgsqlCommand("select rlm.forget($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = run });
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }, cancellationToken);

    private static async Task<T> UseAsync<T>(string url, Func<NpgsqlConnection, string, Task<T>> use, CancellationToken cancellationToken)
    {
        var (source, place) = PostgresQueue.CreateSource(url);
        await using (source)
        {
            return await QueueFailures.GuardAsync(place, async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                return await use(connection, place).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }

    private static string ReadText(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
