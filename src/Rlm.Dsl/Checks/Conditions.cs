using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>A condition that is neither true nor false.</summary>
internal static class Conditions
{
    /// <summary>How pandas takes a condition: as a text.</summary>
    private static readonly Regex Relation = new(@"^[\w`].*(?:[=!<>]=|[<>=]|\b(?:in|contains|matches)\b)\s*\S", RegexOptions.CultureInvariant);

    public static void Check(BoundExpression condition, SourceSpan span, DiagnosticSink sink)
    {
        var type = condition.Type.Required;
        if (type == RlmType.Bool || type == RlmType.Unknown)
            return;

        string text = sink.TextAt(span);
        sink.Report(DslDiagnostics.NotACondition, span, $"a condition is true or false, and this is {type.WithArticle}",
            condition is BoundLiteral { Value: string written } && Relation.IsMatch(written) ? text is ['(', ..] ? $"write `({written})`" : $"write `{written}`"
            : type.ItemType is not null ? $"write `count({text}) > 0`"
            : type == RlmType.Pattern ? $"write `it matches {text}`"
            : condition is BoundLiteral { Value: decimal } ? $"write a whole condition, as in `NAME == {text}`"
            : type == RlmType.Number ? $"compare it: `{text} > 0`"
            : type.Hint == RlmType.Number ? $"compare it: `{text} > 0`, or `{text} != none`"
            : $"compare it: `{text} == \"…\"`, or `{text} != none`");
    }
}
