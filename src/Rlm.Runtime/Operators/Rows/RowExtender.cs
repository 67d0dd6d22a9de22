using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// Makes rows of a list's items and adds fields to them: a record as it is, a text as <c>{text}</c>, another value as
/// <c>{value}</c>. The shapes are made once for the list. It may be used from several threads.
/// </summary>
/// <param name="itemType">The type of the items, which says what row a missing item is.</param>
internal sealed class RowExtender(RlmType itemType)
{
    private static readonly RecordShape TextRow = new(["text"], textField: "text");
    private static readonly RecordShape ValueRow = new(["value"]);

    private readonly Memo<(RecordShape Shape, string Name), RecordShape> _shapes = new();
    private RecordShape? _missingRow;

    public RecordValue RowOf(Value item) => item switch
    {
        RecordValue record => record,
        TextValue text => new RecordValue(TextRow, [text], text),
        NoneValue or FailedValue => MakeMissingRow(item),
        _ => new RecordValue(ValueRow, [item]),
    };

    /// <summary>The row with the field added at the end, or replaced where it stands.</summary>
    public RecordValue With(Value item, string name, Value value)
    {
        var row = RowOf(item);
        var shape = ShapeWith(row.Shape, name);
        var fields = new Value[shape.Names.Count];
        for (int i = 0; i < row.Fields.Count; i++)
            fields[i] = row.Fields[i];
        fields[shape.IndexOf(name)] = ListValue.Keep(value);
        return new RecordValue(shape, fields, row.Origin);
    }

    /// <summary>The shape of rows with the field.</summary>
    public RecordShape ShapeWith(RecordShape shape, string name) =>
        _shapes.GetOrAdd((shape, name), static key => ExtendShape(key.Shape, key.Name));

    private static RecordShape ExtendShape(RecordShape shape, string name) => shape.Names.Contains(name)
        ? shape
        : new RecordShape([.. shape.Names, name], shape.TextField, shape.KeyField) { HoldsItems = shape.HoldsItems } is var wider && shape.IsApart ? wider.Apart
        : wider;

    /// <summary>A failed item keeps its place, with every field failed as it is.</summary>
    private RecordValue MakeMissingRow(Value item)
    {
        _missingRow ??= TypeRules.RowOf(itemType) is { Fields.Count: > 0 } row
            ? new RecordShape([.. row.Fields.Select(field => field.Name)], row.TextField, row.KeyField)
            : ValueRow;
        var fields = new Value[_missingRow.Names.Count];
        Array.Fill(fields, item);
        return new RecordValue(_missingRow, fields, Provenance.OriginOf(item));
    }
}
