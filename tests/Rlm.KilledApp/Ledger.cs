namespace Rlm.KilledApp;

/// <summary>A host's own books, a file with a line for each refund, and the tool that writes to it.</summary>
[RlmTools]
internal sealed partial class Ledger(string path, string doubts)
{
    /// <summary>Long enough for a kill to hit a call on either side of what it writes.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly HashSet<string> _doubted = [];

    /// <summary>Allows every call, and writes down which may have been made before.</summary>
    public async ValueTask<bool> AllowAsync(RlmToolCall call, CancellationToken cancellationToken)
    {
        if (call.MayHaveBeenMade && call.Arguments[0]?.GetString() is { } customer)
        {
            _doubted.Add(customer);
            await File.AppendAllTextAsync(doubts, customer + "\n", cancellationToken);
        }

        return true;
    }

    /// <summary>Pays a customer back; looks into the books only where the run does not know.</summary>
    [RlmTool(Effect = RlmToolEffect.Writes)]
    public async Task<int> Refund(string customer, CancellationToken cancellationToken)
    {
        if (!_doubted.Contains(customer) || !(await File.ReadAllLinesAsync(path, cancellationToken)).Contains(customer))
        {
            await Task.Delay(Pause, cancellationToken);
            await File.AppendAllTextAsync(path, customer + "\n", cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }

        return customer.Length;
    }
}
