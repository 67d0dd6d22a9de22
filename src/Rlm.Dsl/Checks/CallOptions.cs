using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>
/// Options of a paid stage that say nothing where they stand, and reply types that no model is asked for.
/// </summary>
internal static class CallOptions
{
    /// <param name="stage">The stage.</param>
    /// <param name="rootsRefused">Why it may not ask roots of its own; null where it may.</param>
    /// <param name="sink">Takes what is found.</param>
    public static void Check(BoundStage stage, string? rootsRefused, DiagnosticSink sink)
    {
        if (!stage.AsksRoots && stage.FindArgument(Slots.Neighbours) is { } around && !Takes(stage, Slots.Neighbours))
            sink.Report(DslDiagnostics.WrongArguments, around.Span,
                $"`around` shows the neighbours of an item that is asked about, and `{stage.Operator.Name}` is about all of them",
                "leave it out, or ask about each item: `map llm \"…\" around 2`");
        if (!stage.AsksRoots && stage.FindArgument(Slots.Calibrate) is { } calibrate)
            CheckCalibration(stage, calibrate.Span, sink);
        if (!stage.AsksRoots && stage.FindArgument(Slots.Citations) is { } citations)
            CheckCitations(stage, citations.Span, sink);
        if (stage.AsksRoots)
            CheckRoots(stage, rootsRefused, sink);
        if (stage.Find(Slots.As) is not { } type)
            return;

        var span = stage.FindArgument(Slots.As)!.Span;
        if (Holds(type, static scalar => scalar is DateType))
            sink.Report(DslDiagnostics.WrongReplyType, span, "a reply's date has no format", "leave it out: the model is asked for `yyyy-MM-dd`");
        if (Holds(type, static scalar => scalar == RlmType.Duration))
            sink.Report(DslDiagnostics.WrongReplyType, span, "a reply is not a duration", "ask for a text, `as text`, and read it behind: `duration(x)`");
    }

    /// <summary>A root is asked once about a piece, and not beyond the deepest level.</summary>
    private static void CheckRoots(BoundStage stage, string? refused, DiagnosticSink sink)
    {
        if (refused is not null)
        {
            string text = sink.TextAt(stage.Span);
            int prompt = stage.FindArgument(Slots.Prompt)!.Span.Start - stage.Span.Start;
            int call = text.LastIndexOf(OperatorCatalog.RootCall, prompt, StringComparison.Ordinal);
            sink.Report(DslDiagnostics.RootTooDeep, stage.Span, refused,
                $"ask a model: `{text.Substring(0, call)}llm{text.Substring(call + OperatorCatalog.RootCall.Length)}`");
        }

        foreach (var (option, word) in UsableOptions.OfCalls)
        {
            if (stage.FindArgument(option) is { } argument)
                sink.Report(DslDiagnostics.WrongArguments, argument.Span,
                    $"`{word}` is about calls, and `rlm` runs a root over each piece", "leave it out");
        }
    }

    /// <summary>Examples are of the same question about another item, and cite nothing.</summary>
    private static void CheckCalibration(BoundStage stage, SourceSpan span, DiagnosticSink sink)
    {
        if (!Takes(stage, Slots.Calibrate))
            sink.Report(DslDiagnostics.WrongArguments, span,
                $"`calibrate` shows items with their replies beside the others, and `{stage.Operator.Name}` is about all of them",
                "leave it out, or ask about each item: `extend x = llm \"…\" calibrate 5`");
        if (stage.Has(Slots.Citations))
            sink.Report(DslDiagnostics.WrongArguments, span,
                "a reply that cites cannot be an example: its numbers are those of other texts", "leave out `calibrate` or `with citations`");
    }

    /// <summary>A text cites, and what it cites is numbered itself.</summary>
    private static void CheckCitations(BoundStage stage, SourceSpan span, DiagnosticSink sink)
    {
        if (!Takes(stage, Slots.Citations))
            sink.Report(DslDiagnostics.WrongArguments, span, $"`{stage.Operator.Name}` gives no text that could cite", "leave it out, or ask why with `extend why = llm \"…\" with citations`");
        else if (stage.Find(Slots.As) is { } type && !Holds(type, static scalar => scalar == RlmType.Text))
            sink.Report(DslDiagnostics.WrongReplyType, span, $"a reply `as {type}` holds no text that could cite",
                type.Required == RlmType.Quote ? "leave it out: a quote has its `cite`" : $"ask for one beside it: `as {{value: {type}, why: text}} with citations`");
        if ((stage.FindArgument(Slots.Pack) ?? stage.FindArgument(Slots.PackAuto)) is { } pack)
            sink.Report(DslDiagnostics.WrongArguments, pack.Span, "`pack` numbers the rows of a call, and `with citations` what each of them is about", "leave one of them out");
    }

    private static bool Takes(BoundStage stage, Slot option) => UsableOptions.Has(stage.Operator, option, asksRoots: false);

    private static bool Holds(RlmType type, Func<RlmType, bool> isMeant) => type.Required switch
    {
        ListType list => Holds(list.Item, isMeant),
        RecordType record => record.Fields.Any(field => Holds(field.Type, isMeant)),
        var scalar => isMeant(scalar),
    };
}
