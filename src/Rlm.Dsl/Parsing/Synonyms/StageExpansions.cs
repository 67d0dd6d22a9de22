using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>Head words of other languages that mean several stages.</summary>
internal static class StageExpansions
{
    public static IReadOnlyList<StageSyntax> Of(StageSyntax stage) =>
        stage.Operator is null ? [stage] : ValueCounts.Expand(stage) ?? LeastRows.Expand(stage) ?? BestRows.Expand(stage) ?? Selection.Expand(stage) ?? [stage];
}
