namespace Rlm.Runtime.Texts.Remote;

/// <summary>A stretch of blocks that is being read.</summary>
/// <param name="Start">The first block.</param>
/// <param name="End">The block behind the last one.</param>
internal sealed record RemoteFetch(int Start, int End)
{
    /// <summary>How many bytes are here.</summary>
    public long DoneBytes { get; set; }

    /// <summary>Why it ended before all was here; null for an end that was none, or none yet.</summary>
    public Exception? Failure { get; set; }

    public bool Has(int block) => block >= Start && block < End;
}
