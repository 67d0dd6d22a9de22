using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>A stage that does not take what comes in, and what to put before it.</summary>
internal static class StageInputs
{
    public static void Report(StageSyntax stage, OperatorSignature signature, RlmType input, BoundStage? before, DiagnosticSink sink)
    {
        string wanted = signature.Input switch
        {
            OperatorInput.Text => "a text",
            OperatorInput.TextOrList => "a text or a list",
            OperatorInput.Rows => "a list of records",
            _ => "a list",
        };
        bool isItemAlone = TakesItemAlone(signature, input, before, sink);
        sink.Report(new Diagnostic(DslDiagnostics.WrongInput, stage.Head.Span,
            $"`{signature.Name}` takes {wanted}, and {input.WithArticle} comes in", HelpFor(stage, signature, input, before, sink))
        {
            Fix = input.Required is RecordType && signature.Is(OperatorTraits.Cuts)
                ? new DiagnosticFix(SourceSpan.Between(PipeBefore(stage, sink), stage.Span.End), "")
                : isItemAlone ? new DiagnosticFix(before!.Span, $"{before.Operator.Head} 1")
                : input.IsTextual && signature is { IsPaid: false } && signature.Is(OperatorTraits.Filters) ? new DiagnosticFix(new SourceSpan(stage.Span.Start, 0), "lines | ")
                : null,
        });
    }

    /// <summary>Where what stands before the stage's pipe ends.</summary>
    private static int PipeBefore(StageSyntax stage, DiagnosticSink sink) =>
        sink.TextAt(new SourceSpan(0, stage.Span.Start)).TrimEnd().TrimEnd('|').TrimEnd().Length;

    /// <summary>Whether <c>first</c> or <c>last</c> stands before it without a number, so that no list comes in.</summary>
    private static bool TakesItemAlone(OperatorSignature signature, RlmType input, BoundStage? before, DiagnosticSink sink) =>
        input.Required is RecordType && !signature.Is(OperatorTraits.Cuts) && before is { Input.ItemType: not null } && sink.TextAt(before.Span) == before.Operator.Head;

    private static string? HelpFor(StageSyntax stage, OperatorSignature signature, RlmType input, BoundStage? before, DiagnosticSink sink)
    {
        string written = sink.TextAt(stage.Span);
        string form = written.Length < 80 && !written.Contains('\n') ? written : $"{signature.Head} …";
        bool followsFold = before is { Operator.Family: OperatorFamily.Fold, Output.ItemType: null } && before.Operator.HasKeys;
        if (input.Required is RecordType && signature.Is(OperatorTraits.Cuts))
            return $"it is one record already: leave `| {form}` out";
        if (TakesItemAlone(signature, input, before, sink))
            return $"write `{before!.Operator.Head} 1 | {form}`: without a number `{before.Operator.Head}` gives the item itself, no list of one";
        if (followsFold && input.Required is RecordType)
            return "one record has no rows: name it with `let`, and read its fields: `t.a / t.b`";
        if (followsFold && signature.Input == OperatorInput.List)
            return $"write `{sink.TextAt(before!.Span)} by {KeyIn(stage, before)} | {form}` for one of each key: `{before.Operator.Head}` alone gives one value";

        if (input.IsTextual && signature.Input == OperatorInput.Rows)
            return $"make rows first: `| extract \"{{a}} {{b}}\" | {form}` or `| parse csv | {form}`";

        if (input.IsTextual && stage.Arguments is [{ Value: LambdaSyntax loop }] && sink.TextAt(stage.Head.Span) == "for")
            return $"a text is gone through by its lines: `for {loop.Parameter.Name} in TEXT | lines`";

        if (input.IsTextual)
            return signature.IsPaid
                ? $"cut it first: `| chunk 50 lines | {form}`; one call about the whole text is `| llm \"…\"`"
                : $"cut it first: `| lines | {form}`";

        if (input.ItemType?.Required is RecordType source
            && OperatorCatalog.ByHead[signature.Head].Any(other => other.Input == OperatorInput.Rows))
        {
            string[] texts = [.. source.Fields.Where(field => field.Type.IsTextual).Select(field => field.Name)];
            return $"name the field: `| extract {(texts.Length > 0 ? texts[0] : "FIELD")} {form.Substring(Math.Min(form.Length, signature.Head.Length + 1))}`{(texts.Length > 1 ? $"; texts are {string.Join(", ", texts.Select(name => $"`{name}`"))}" : "")}";
        }

        if (input.ItemType?.Required is RecordType record && signature.Input == OperatorInput.Text)
            return $"take a text field first: `| get {record.Fields.FirstOrDefault(field => field.Type.IsTextual)?.Name ?? "FIELD"} | {form}`, or filter rows with `| where FIELD contains \"…\"`";

        if (input.ItemType is { IsTextual: true } && stage.Arguments is [{ Slot: var named, Value: IdentifierSyntax field }, { Value: RegexSyntax pattern }, ..]
            && named == Slots.SourceField)
            return $"write `extend {field.Name} = match(it, {sink.TextAt(pattern.Span)})`";

        if (input.ItemType is { } item && signature.Input == OperatorInput.Rows)
            return $"make rows of the {item}s first: `| extend x = …`";

        return input.Required is RecordType or ListType ? null : "use it in an expression instead";
    }

    /// <summary>What the stage reads that the fold does not give: the key that was meant.</summary>
    private static string KeyIn(StageSyntax stage, BoundStage fold) =>
        SyntaxTree.Descendants(stage).Select(below => below.Node).OfType<NameSyntax>().Select(name => name.Name)
            .FirstOrDefault(name => name != fold.Operator.Name && !Names.OfItem.Contains(name)) ?? "KEY";
}
