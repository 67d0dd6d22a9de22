namespace Rlm.Offline.Reading;

/// <summary>A word and where it stands, in characters.</summary>
internal readonly record struct Word(int Start, int Length, string Text, string Stem)
{
    public int End => Start + Length;

    public bool IsCapitalised => char.IsUpper(Text[0]);

    public bool IsNumber => char.IsAsciiDigit(Text[0]) && Text.All(static c => char.IsAsciiDigit(c) || c is '.' or ',');
}
