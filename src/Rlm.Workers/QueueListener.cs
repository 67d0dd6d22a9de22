using Npgsql;

namespace Rlm.Workers;

/// <summary>
/// Waits for word of the server that something has changed. It is a hint: without it, as behind a pooler of connections, runs and workers
/// look by themselves every second or two.
/// </summary>
internal sealed class QueueListener : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;

    public QueueListener(NpgsqlDataSource source, string channel, Action tell)
    {
        // Its flow is that of none of the calls.
        using (ExecutionContext.SuppressFlow())
            _loop = Task.Run(() => ListenAsync(source, channel, tell, _closing.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private static async Task ListenAsync(NpgsqlDataSource source, string channel, Action tell, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                connection.Notification += (_, _) => tell();
                await using (var command = new NpgsqlCommand($"listen {channel}", connection))
                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                while (true)
                    await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
