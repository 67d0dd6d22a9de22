using System.Text.RegularExpressions;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>A pattern as an operand: a regex, or a text to find as it is. It never leaves the expression that it stands in.</summary>
/// <param name="regex">The regex; null for a text that a plain search finds.</param>
/// <param name="literal">The text; null for a regex.</param>
internal sealed class PatternValue(Regex? regex, TextValue? literal) : Value
{
    public Regex? Regex { get; } = regex;

    public TextValue? Literal { get; } = literal;

    public bool IsMatch(TextValue text) => Regex is null ? TextBytes.Contains(text, Literal!) : Regex.IsMatch(text.ToString());
}
