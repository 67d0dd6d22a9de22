using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>A fold over values that have no sum or no order.</summary>
internal static class FoldedValues
{
    public static void CheckNumbers(StageTyping stage, DiagnosticSink sink)
    {
        var value = ValueOf(stage);
        if (value.Required is RecordType or ListType || value.Required == RlmType.Bool)
            sink.Report(DslDiagnostics.WrongOperand, stage.Span,
                $"`{stage.Operator.Name}` takes numbers, and this is {value.WithArticle}",
                $"name a field: `{stage.Operator.Name} FIELD`, or count with `count`");
    }

    /// <summary>The check of a fold that compares.</summary>
    /// <param name="rowBy">How to take the row by a key in its place.</param>
    public static StageCheck CheckOrder(Func<string, string> rowBy) => (stage, sink) =>
    {
        if (ValueOf(stage).Required is not RecordType { TextField: null, IsOpen: false } row)
            return;

        string? only = row.Fields.Where(field => field.Fold is not null).ToList() is [var fold] ? fold.Name : null;
        string key = stage.FindArgument(Slots.By) is { } by ? sink.TextAt(by.Span) : only ?? "KEY";
        sink.Report(DslDiagnostics.WrongOperand, stage.Span,
            $"`{stage.Operator.Name}` compares values, and these are records",
            $"write `{stage.Operator.Name} {only ?? "FIELD"}` for the value, or `{rowBy(key)}` for the row");
    };

    private static RlmType ValueOf(StageTyping stage) => stage.Find(Slots.Value)?.Type ?? stage.Item;
}
