using System.Globalization;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

internal static partial class FunctionTable
{
    /// <summary>The folds, of which some take more than one list.</summary>
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfLists =>
    [
        new("list", MakeList),
        new("first", call => AtEnd(call, (list, count) => list.Items.Take(count), (text, count) => Slice(text, 0, count))),
        new("last", call => AtEnd(
            call, (list, count) => list.ReadAll().TakeLast(count), (text, count) => Slice(text, count == 0 ? long.MaxValue : -count, null))),
        .. FoldTable.Names.Except(["list", "first", "last"]).Select(name => new KeyValuePair<string, Func<FunctionCall, Value>>(name, FoldItems)),
    ];

    /// <summary>A list of the arguments; of one list its items.</summary>
    private static ListValue MakeList(FunctionCall call) => call.Arguments.Count == 1
        ? ListValue.Of(call.Value(0) switch { ListValue list => [.. list.Items], NoneValue => [], var only => [only] })
        : ListValue.Of([.. call.Arguments.Select(argument => ListValue.Keep(argument ?? NoneValue.Instance))]);

    /// <summary>The first or last item of a list, or so many items of a list or characters of a text.</summary>
    private static Value AtEnd(FunctionCall call, Func<ListValue, int, IEnumerable<Value>> ofList, Func<TextValue, int, Value> ofText)
    {
        if (call.Find(1) is null)
            return FoldItems(call);
        if (call.Number(1)?.InDecimal is not { } number)
            return NoneValue.Instance;
        if (number < 0 || number != decimal.Truncate(number))
            throw call.Error(
                $"`{call.Name}` takes how many as a whole number, and this is {number.ToString(CultureInfo.InvariantCulture)}",
                "give a number from 0");

        int count = (int)Math.Min(number, int.MaxValue);
        if (call.Value(0) is ListValue list)
            return ListValue.Of([.. ofList(list, count)]);
        return OrNone(call.Text(0) is { } text ? ofText(text, count) : null);
    }

    private static Value FoldItems(FunctionCall call)
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
