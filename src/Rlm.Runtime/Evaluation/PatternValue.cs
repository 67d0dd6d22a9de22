using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>A pattern as an operand: a regex, or a text to find as it is. It never leaves the expression that it stands in.</summary>
internal sealed class PatternValue : Value
{
    private readonly Lazy<LinePattern>? _lines;

    /// <summary>A text that a plain search finds.</summary>
    public PatternValue(TextValue literal) => Literal = literal;

    /// <param name="regex">The regex.</param>
    /// <param name="lines">The same for texts of one line, made when one is asked about.</param>
    public PatternValue(Regex regex, Func<LinePattern> lines)
    {
        Regex = regex;
        _lines = new Lazy<LinePattern>(lines);
    }

    /// <summary>The regex; null for a text that a plain search finds.</summary>
    public Regex? Regex { get; }

    /// <summary>The text; null for a regex.</summary>
    public TextValue? Literal { get; }

    public bool IsMatch(TextValue text)
    {
        if (Regex is null)
            return TextBytes.Contains(text, Literal!);
        if (text.Slice is not { Length: <= BlockCache.BlockBytes } slice)
            return Regex.IsMatch(text.ToString());

        var bytes = slice.Source.GetSpan(slice.Start, (int)slice.Length);
        return bytes.Contains((byte)'\n') ? Regex.IsMatch(text.ToString()) : _lines!.Value.IsMatch(bytes);
    }

    /// <summary>Whether a regex matches a text of which the bytes are at hand.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text) =>
        text.Contains((byte)'\n') ? Regex!.IsMatch(Encoding.UTF8.GetString(text)) : _lines!.Value.IsMatch(text);
}
