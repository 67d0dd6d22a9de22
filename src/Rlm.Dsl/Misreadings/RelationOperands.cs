using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings;

/// <summary>What stands around a relation.</summary>
/// <param name="Before">The statement up to the relation.</param>
/// <param name="Left">The operand before it, or <c>x</c>.</param>
/// <param name="Behind">The line behind it.</param>
/// <param name="Right">The operand behind it; null where none stands there.</param>
internal sealed record RelationOperands(string Before, string Left, string Behind, string? Right)
{
    private static readonly Regex Next = new("^\\s*(?<value>\"[^\"]*\"|'[^']*'|[\\w.]+(?:\\([^()]*\\))?)", RegexOptions.CultureInvariant);

    public bool IsRightQuoted => Right is ['"' or '\'', ..];

    /// <summary>The right operand without its quotes.</summary>
    public string Text => Right?.Trim('"', '\'') ?? "…";

    public static RelationOperands Of(FailurePlace place)
    {
        string before = place.StatementBefore.TrimEnd();
        string left = Excerpt.OperandBefore(before);
        return new(before, left is "" or "where" or "not" or "and" or "or" ? "x" : left, place.Behind,
            Next.Match(place.Behind) is { Success: true } next ? next.Groups["value"].Value : null);
    }
}
