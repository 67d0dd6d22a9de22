namespace Rlm.Runtime.Texts.Matching.Literals;

/// <summary>Bytes that every match of a pattern holds: one of some texts.</summary>
/// <param name="Texts">The texts in UTF-8, in lower case where <paramref name="IgnoresCase"/>; at least one, none empty.</param>
/// <param name="IgnoresCase">Whether ASCII letters are meant in either case.</param>
/// <param name="IsExact">Whether a line that holds one is a match.</param>
internal sealed record LiteralSet(IReadOnlyList<byte[]> Texts, bool IgnoresCase, bool IsExact)
{
    /// <summary>Whether few lines hold one, so that each of those is worth a look of its own.</summary>
    public bool IsSelective => MinLength > 1 || Texts.All(text => ByteRarity.IsRare(text[0]));

    /// <summary>Whether what holds one of these texts holds one of others, too.</summary>
    public bool IsWithin(LiteralSet others)
    {
        if (IgnoresCase && !others.IgnoresCase)
            return false;

        return Texts.Select(text => others.IgnoresCase ? [.. text.Select(LetterCase.ToLower)] : text)
            .All(text => others.Texts.Any(other => text.AsSpan().IndexOf(other) >= 0));
    }

    public int MinLength => Texts.Min(text => text.Length);

    public int MaxLength => Texts.Max(text => text.Length);
}
