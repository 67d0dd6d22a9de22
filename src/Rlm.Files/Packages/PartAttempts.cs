namespace Rlm.Files.Packages;

/// <summary>Reads parts of a file, each of which may be damaged: one that is becomes a gap, and the others are read on.</summary>
/// <param name="text">Learns of the gaps.</param>
internal sealed class PartAttempts(IRlmFileText text)
{
    /// <summary>What was wrong with the first that was damaged; null where none was.</summary>
    public string? FirstProblem { get; private set; }

    /// <summary>Whether a part could be read.</summary>
    public bool Try(string what, Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (PartException exception)
        {
            FirstProblem ??= exception.Message;
            text.AddGap($"{what} cannot be read: {exception.Message}");
            return false;
        }
    }
}
