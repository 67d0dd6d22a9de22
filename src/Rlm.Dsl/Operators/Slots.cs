using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>The slots of all shapes. Operators share one where it means the same: <c>by</c> is the keys of every stage that has keys.</summary>
internal static class Slots
{
    public static readonly Slot<BoundExpression> Value = new("value", SlotKind.Expression);
    public static readonly Slot<BoundExpression> Key = new("key", SlotKind.Expression);
    public static readonly Slot<BoundExpression> Condition = new("condition", SlotKind.Condition);
    public static readonly Slot<BoundExpression> OptionalCondition = new("condition", SlotKind.OptionalCondition);

    public static readonly Slot<BoundPattern> Pattern = new("pattern", SlotKind.Pattern);
    public static readonly Slot<BoundPattern> CapturePattern = new("pattern", SlotKind.CapturePattern);

    public static readonly Slot<BoundExpression> Prompt = new("prompt", SlotKind.Prompt);
    public static readonly Slot<BoundExpression> Hint = new("hint", SlotKind.String);
    public static readonly Slot<BoundExpression> Query = new("query", SlotKind.Outer);
    public static readonly Slot<BoundExpression> Rows = new("rows", SlotKind.Outer);
    public static readonly Slot<BoundExpression> Separator = new("separator", SlotKind.Outer);

    /// <summary>The value that <c>follow</c> starts from.</summary>
    public static readonly Slot<BoundExpression> Origin = new("start", SlotKind.Outer);

    public static readonly Slot<BoundExpression> Count = Amount("count");
    public static readonly Slot<BoundExpression> Size = Amount("size", least: 1);
    public static readonly Slot<BoundExpression> Parts = Amount("parts", least: 1);
    public static readonly Slot<BoundExpression> Overlap = Amount("overlap");
    public static readonly Slot<BoundExpression> Start = new("start", SlotKind.Place) { Least = int.MinValue };
    public static readonly Slot<BoundExpression> End = new("end", SlotKind.Place) { Least = int.MinValue };
    public static readonly Slot<BoundExpression> Number = Amount("number");
    public static readonly Slot<BoundExpression> Seed = Amount("seed");
    public static readonly Slot<BoundExpression> Before = Amount("before");
    public static readonly Slot<BoundExpression> After = Amount("after");
    public static readonly Slot<BoundExpression> Around = Amount("around");

    /// <summary>How alike two texts are at least, and a bit more.</summary>
    public static readonly Slot<BoundExpression> Above = new("above", SlotKind.Number) { Most = 1 };

    public static readonly Slot<BoundExpression> Max = Amount("max", least: 1);
    public static readonly Slot<BoundExpression> Pack = Amount("pack", least: 1);
    public static readonly Slot<BoundExpression> Neighbours = Amount("neighbours", least: 1, most: OperatorCatalog.MaxNeighbours);
    public static readonly Slot<BoundExpression> Votes = Amount("votes", least: 1, most: OperatorCatalog.MaxVotes);

    /// <summary>How many items are asked about first, to be shown with their replies beside the others.</summary>
    public static readonly Slot<BoundExpression> Calibrate = Amount("calibrate", least: 1, most: OperatorCatalog.MaxExamples);

    /// <summary>The width of the steps of <c>fill</c>.</summary>
    public static readonly Slot<BoundExpression> Step = new("step", SlotKind.Scalar);

    /// <summary>What stands where there is nothing.</summary>
    public static readonly Slot<BoundExpression> With = new("value", SlotKind.Scalar);

    /// <summary>The percentage of <c>percentile</c>.</summary>
    public static readonly Slot<BoundExpression> Percentage = new("percent", SlotKind.Number) { Most = 100 };

    /// <summary>The item or line that <c>peek</c> starts at.</summary>
    public static readonly Slot<BoundExpression> Place = Amount("from");

    public static readonly Slot<string> Unit = new("unit", SlotKind.Unit);
    public static readonly Slot<string> Model = new("model", SlotKind.ModelName);
    public static readonly Slot<string> Name = new("name", SlotKind.NewName);
    public static readonly Slot<string> Field = new("field", SlotKind.FieldName);
    public static readonly Slot<string> From = new("from", SlotKind.FieldName);
    public static readonly Slot<string> To = new("to", SlotKind.FieldName);

    /// <summary>The field that <c>extract</c> reads.</summary>
    public static readonly Slot<string> SourceField = new("field", SlotKind.SourceField);

    /// <summary>What the only capture of <c>extract</c> is called, where its pattern does not say it.</summary>
    public static readonly Slot<string> CaptureName = new("name", SlotKind.CaptureName);

    public static readonly Slot<IReadOnlyList<BoundBinding>> By = new("by", SlotKind.Keys);
    public static readonly Slot<IReadOnlyList<BoundBinding>> On = new("on", SlotKind.FieldNames);
    public static readonly Slot<IReadOnlyList<BoundBinding>> Bindings = new("bindings", SlotKind.Bindings);
    public static readonly Slot<IReadOnlyList<BoundBinding>> Aggregates = new("aggregates", SlotKind.Aggregates);
    public static readonly Slot<IReadOnlyList<BoundBinding>> Columns = new("columns", SlotKind.Columns);
    /// <summary>Of other languages: the columns that <c>drop</c> leaves out, that <c>rename</c> names anew, and that <c>dropna</c> wants a value in.</summary>
    public static readonly Slot<IReadOnlyList<BoundBinding>> Dropped = new("dropped", SlotKind.FieldNames);
    public static readonly Slot<IReadOnlyList<BoundBinding>> Renamed = new("renamed", SlotKind.Renames);
    public static readonly Slot<IReadOnlyList<BoundBinding>> Filled = new("filled", SlotKind.FieldNames);

    public static readonly Slot<IReadOnlyList<BoundOrder>> Orders = new("orders", SlotKind.Orders);

    public static readonly Slot<RlmType> As = new("as", SlotKind.Type);

    /// <summary>What stands in for a failed item: the word <c>fail</c> or <c>skip</c>, or an expression.</summary>
    public static readonly Slot<object> Or = new("or", SlotKind.Fallback);

    public static readonly Slot<string> Call = new("call", SlotKind.Word);
    public static readonly Slot<string> Format = new("format", SlotKind.Word);
    public static readonly Slot<string> Main = new("main", SlotKind.Word);
    public static readonly Slot<string> Not = new("not", SlotKind.Word);
    public static readonly Slot<string> IgnoreCase = new("ignoreCase", SlotKind.Word);
    public static readonly Slot<string> WithTies = new("withTies", SlotKind.Word);
    public static readonly Slot<string> AtEnd = new("atEnd", SlotKind.Word);
    public static readonly Slot<string> Percent = new("percent", SlotKind.Word);
    public static readonly Slot<string> PackAuto = new("packAuto", SlotKind.Word);
    public static readonly Slot<string> Citations = new("citations", SlotKind.Word);

    /// <summary>A name that other languages write, and that says nothing here.</summary>
    public static readonly Slot<string> Ignored = new("ignored", SlotKind.Ignored);

    private static Slot<BoundExpression> Amount(string name, int least = 0, int? most = null) => new(name, SlotKind.Amount) { Least = least, Most = most };
}
