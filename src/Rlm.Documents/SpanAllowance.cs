namespace Rlm.Documents;

/// <summary>How many characters cells that span may repeat in a document, so that a small one cannot become a huge text.</summary>
internal sealed class SpanAllowance(long chars)
{
    private long _left = chars;

    /// <summary>Whether something was not repeated.</summary>
    public bool IsUsedUp => _left < 0;

    /// <summary>Whether the text may be repeated once more.</summary>
    public bool Take(string text) => (_left -= _left < 0 ? 0 : text.Length + 3) >= 0;
}
