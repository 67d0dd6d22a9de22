using System.Threading.Channels;

namespace Rlm.Cli.Mcp.Sessions;

/// <summary>Lets so many run at a time; others wait, and who came first goes first.</summary>
internal sealed class Turns
{
    private readonly Channel<bool> _free;

    /// <param name="most">Who may run at a time.</param>
    public Turns(int most)
    {
        _free = Channel.CreateBounded<bool>(most);
        for (int i = 0; i < most; i++)
            _free.Writer.TryWrite(true);
    }

    public async Task<T> TakeAsync<T>(Func<Task<T>> runAsync, CancellationToken cancellationToken)
    {
        await _free.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await runAsync().ConfigureAwait(false);
        }
        finally
        {
            _free.Writer.TryWrite(true);
        }
    }
}
