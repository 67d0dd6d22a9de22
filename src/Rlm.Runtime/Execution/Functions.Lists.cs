using Rlm.Dsl.Operators;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

internal static partial class Functions
{
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfLists =>
        FunctionCatalog.Aggregates.Select(name => new KeyValuePair<string, Func<FunctionCall, Value>>(name, Folded));

    private static Value Folded(FunctionCall call)
    {
        var items = call.Value(0) switch
        {
            ListValue list => list.Items,
            NoneValue or FailedValue => [],
            var value => throw call.Error($"`{call.Name}` takes a list and got {ValueKinds.Describe(value)}"),
        };
        var fold = Folds.Create(call.Name, false, call.Find(1), call.Call.Span);
        foreach (var item in items)
            fold.Add(item);
        return fold.Finish(call.Call, call.Evaluation);
    }
}
