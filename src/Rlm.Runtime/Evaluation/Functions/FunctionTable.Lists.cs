using System.Globalization;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

internal static partial class FunctionTable
{
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfLists =>
        FunctionCatalog.Aggregates.Select(name => new KeyValuePair<string, Func<FunctionCall, Value>>(name, name switch
        {
            "first" or "last" => AtEnd,
            "list" => MakeList,
            _ => FoldNumbers,
        }));

    /// <summary>A list of the arguments; of one list its items.</summary>
    private static ListValue MakeList(FunctionCall call) => call.Arguments.Count == 1
        ? ListValue.Of(call.Value(0) switch { ListValue list => [.. list.Items], NoneValue => [], var only => [only] })
        : ListValue.Of([.. call.Arguments.Select(argument => ListValue.Settle(argument ?? NoneValue.Instance))]);

    /// <summary>The first or last item of a list, or so many items of a list or characters of a text.</summary>
    private static Value AtEnd(FunctionCall call)
    {
        if (call.Find(1) is null)
            return FoldNumbers(call);
        if (call.Number(1)?.InDecimal is not { } number)
            return NoneValue.Instance;
        if (number < 0 || number != decimal.Truncate(number))
            throw call.Error(
                $"`{call.Name}` takes how many as a whole number, and this is {number.ToString(CultureInfo.InvariantCulture)}",
                "give a number from 0");

        int count = (int)Math.Min(number, int.MaxValue);
        if (call.Value(0) is ListValue list)
            return ListValue.Of([.. call.Name == "first" ? list.Items.Take(count) : list.ReadAll().TakeLast(count)]);
        return OrNone(call.Text(0) is { } text
            ? call.Name == "first" ? Slice(text, 0, count) : Slice(text, count == 0 ? long.MaxValue : -count, null)
            : null);
    }

    private static Value FoldNumbers(FunctionCall call)
    {
        var items = call.Value(0) switch
        {
            ListValue list => list.Items,
            NoneValue or FailedValue => [],
            var value => throw call.Error($"`{call.Name}` takes a list and got {ValueKinds.Describe(value)}"),
        };
        var fold = FoldTable.Create(call.Name, false, call.Find(1), call.Call.Span);
        foreach (var item in items)
            fold.Add(item);
        return fold.Finish(call.Call, call.Evaluation);
    }
}
