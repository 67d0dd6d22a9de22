namespace Rlm;

/// <summary>A program in its canonical layout, or why it has none.</summary>
public sealed class RlmFormatting
{
    internal RlmFormatting(SourceText source, string text, IReadOnlyList<Diagnostic> diagnostics)
    {
        Source = source;
        Text = text;
        Diagnostics = diagnostics;
    }

    /// <summary>The program as it was written, which the diagnostics point into.</summary>
    public SourceText Source { get; }

    /// <summary>The program in its canonical layout; as it was written where it has an error of syntax.</summary>
    public string Text { get; }

    /// <summary>The errors of syntax, in order of place; names and types are not looked at.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Whether it could not be laid out.</summary>
    public bool HasErrors => Diagnostics.Count > 0;

    /// <summary>Whether the layout differs from what was written.</summary>
    public bool IsChanged => Text != Source.Content;
}
