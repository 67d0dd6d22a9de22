using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>What pandas has in brackets behind rows: <c>rows.loc[rows.n > 2]</c>, <c>rows.loc[rows.n.idxmax()]</c>, <c>rows.shape[0]</c>.</summary>
internal static class FrameIndex
{
    /// <summary>The expression that is meant; null for any other index, and where the rows have such a field.</summary>
    public static ExpressionSyntax? Find(IndexSyntax index, BindingContext context)
    {
        var (rows, place) = index.Target switch
        {
            MemberSyntax { Target: NameSyntax named, Member.Name: var member } => (named, member),
            NameSyntax named => (named, ""),
            _ => (null, ""),
        };
        if (rows is null || !context.Variables.TryGetValue(rows.Name, out var variable) || variable.Type.ItemType?.Required is not RecordType row
            || (place.Length > 0 && row.Find(TypeRules.MemberNameOf(row, place)) is not null))
            return null;

        if (place == "shape")
        {
            return index.Index is { Stages.Count: 0, Source: LiteralSyntax { Value: 0m } }
                ? new CallSyntax(index.Span, new IdentifierSyntax(index.Span, "count"), [CallArgumentSyntax.Of(rows)]) : null;
        }

        if (index.Index is { Stages.Count: 0, Source: CallSyntax { Function: { Name: "idxmax" or "idxmin" } best, Arguments: [{ Operand: var column }] } } && KeyOf(column, rows) is { } key)
            return new GroupSyntax(index.Span, new PipelineSyntax(index.Span, rows, BestRows.SortFirst(index.Span, best, key, best.Name == "idxmax")));

        return PandasForms.Places.Contains(place) && index.Index is not { Stages.Count: 0, Source: LiteralSyntax } ? index with { Target = rows } : null;
    }

    private static NameSyntax? KeyOf(ExpressionSyntax column, NameSyntax rows) => column switch
    {
        MemberSyntax { Target: NameSyntax target, Member: var field } when target.Name == rows.Name => new NameSyntax(field.Span, field.Name),
        IndexSyntax { Target: NameSyntax target, Index: { Stages.Count: 0, Source: TemplateSyntax { PlainText: { } field } name } } when target.Name == rows.Name => new NameSyntax(name.Span, field),
        _ => null,
    };
}
