using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>A text in quotes where a field is meant: it is the same for every item.</summary>
internal static class FixedTexts
{
    /// <summary>Checks the keys and orders of any stage.</summary>
    public static void CheckKeys(StageTyping stage, DiagnosticSink sink)
    {
        // A key with a name of its own may be the same for all: `count by all = "all"`.
        var keys = (stage.Find(Slots.By) ?? []).Where(key => key.Name == "key").Select(key => key.Value);
        foreach (var expression in keys.Concat((stage.Find(Slots.Orders) ?? []).Select(order => order.Key)))
            Check(expression, sink);
    }

    /// <summary>The check of a stage that compares or adds up what the slot gives for each item.</summary>
    public static StageCheck CheckSlot(Slot<BoundExpression> slot) => (stage, sink) =>
    {
        if (stage.Find(slot) is { } expression)
            Check(expression, sink);
    };

    public static void Check(BoundExpression expression, DiagnosticSink sink)
    {
        if (expression is not BoundLiteral { Value: string text })
            return;

        bool isWord = text.Length > 0 && Names.Word(text, 0) == text.Length && !Names.Reserved.Contains(text);
        sink.Report(DslDiagnostics.WrongOperand, expression.Span, $"\"{text}\" is a fixed text, the same for every item",
            isWord ? $"a field stands without quotes: write `{text}`" : $"write `it[\"{text}\"]` for the field");
    }
}
