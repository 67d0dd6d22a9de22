using System.Globalization;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

internal static partial class FunctionTable
{
    private const int MostNumbers = 1_000_000;

    /// <summary>The folds, of which some take more than one list.</summary>
    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfLists =>
    [
        new("list", MakeList),
        new("range", MakeRange),
        new("index_of", FindIndex),
        new("first", call => AtEnd(call, (list, count) => list.Items.Take(count), (text, count) => Slice(text, 0, count))),
        new("last", call => AtEnd(
            call, (list, count) => list.ReadAll().TakeLast(count), (text, count) => Slice(text, count == 0 ? long.MaxValue : -count, null))),
        new("correlation", PairedLists.Fold),
        .. FoldTable.Names.Except(["list", "first", "last", "correlation"]).Select(name => new KeyValuePair<string, Func<FunctionCall, Value>>(name, FoldItems)),
    ];

    /// <summary>A list of the arguments; of one list its items.</summary>
    private static ListValue MakeList(FunctionCall call) => call.Arguments.Count == 1
        ? ListValue.Of(call.Value(0) switch { ListValue list => [.. list.Items], NoneValue => [], var only => [only] })
        : ListValue.Of([.. call.Arguments.Select(argument => ListValue.Keep(argument ?? NoneValue.Instance))]);

    private static Value MakeRange(FunctionCall call)
    {
        if (Place(call, 0) is not { } from || Place(call, 1) is not { } to)
            return NoneValue.Instance;
        if (to - from > MostNumbers)
            throw call.Error(Invariant($"`{call.Name}` makes at most {MostNumbers:N0} numbers"));
        return ListValue.Of([.. Enumerable.Range(0, (int)Math.Max(0, to - from)).Select(step => OfNumber(from + step))]);
    }

    /// <summary>The place of an item of a list, equal as <c>==</c> has it, or of a text in a text, in characters.</summary>
    private static Value FindIndex(FunctionCall call)
    {
        if (call.Value(0) is ListValue list)
        {
            int place = list.ReadAll().ToList().FindIndex(item => Comparison.Holds(BinaryOperator.Equal, item, call.Value(1), call.Evaluation) == true);
            return place < 0 ? NoneValue.Instance : OfNumber(place);
        }

        if (call.Text(0) is not { } text || call.Text(1) is not { } part)
            return NoneValue.Instance;

        string decoded = text.ToString();
        int at = decoded.IndexOf(part.ToString(), StringComparison.Ordinal);
        return at < 0 ? NoneValue.Instance : OfNumber(TextBytes.Characters(new TextValue(decoded[..at])));
    }

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
