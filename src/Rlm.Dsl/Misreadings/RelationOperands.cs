using System.Text.RegularExpressions;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings;

/// <summary>What stands around a relation.</summary>
/// <param name="Before">The statement up to the relation.</param>
/// <param name="Left">The operand before it, or <c>x</c>.</param>
/// <param name="Behind">The line behind it.</param>
/// <param name="Right">The operand behind it; null where none stands there.</param>
internal sealed record RelationOperands(string Before, string Left, string Behind, string? Right)
{
    private static readonly Regex Place = new("\\b[xy]\\b", RegexOptions.CultureInvariant);
    private static readonly Regex Next = new("^\\s*(?<value>\"[^\"]*\"|'[^']*'|(?:[\\w.]+|`[^`\n]+`)+(?:\\([^()]*\\))?)", RegexOptions.CultureInvariant);

    public bool IsRightQuoted => Right is ['"' or '\'', ..];

    /// <summary>The right operand without its quotes.</summary>
    public string Text => Right?.Trim('"', '\'') ?? "…";

    /// <summary>A help with the operands in the places of <c>x</c> and <c>y</c>.</summary>
    public string PutInto(string help) =>
        string.Concat(help.Split('`').Select((piece, place) => place % 2 == 0 ? piece : Excerpt.Quote(Put(piece))));

    private string Put(string code) => Place.Replace(code, place => place.Value == "x" ? Left : Right ?? place.Value);

    public static RelationOperands Of(FailurePlace place)
    {
        string before = place.StatementBefore.TrimEnd();
        string left = Excerpt.OperandBefore(before);
        bool isOperand = left.Length > 0 && left != "where" && !Names.Reserved.Contains(left) && (left != place.HeadWord || place.Before.Length > 0);
        return new(before, isOperand ? left : "x", place.Behind,
            Next.Match(place.Behind) is { Success: true } next ? next.Groups["value"].Value : null);
    }
}
