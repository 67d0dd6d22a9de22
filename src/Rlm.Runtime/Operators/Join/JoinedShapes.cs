using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Join;

/// <summary>
/// Puts two rows together: the left fields, then the right ones that are not keys. A shape is made once for each left shape.
/// </summary>
internal sealed class JoinedShapes(BoundStage stage, IReadOnlyList<string> on, IReadOnlyList<string> rightNames)
{
    private readonly string[] _added = [.. rightNames.Except(on, StringComparer.Ordinal)];
    private readonly Dictionary<RecordShape, RecordShape> _shapes = [];

    /// <summary>The joined row; none in the right fields where there is no partner.</summary>
    public RecordValue Join(RecordValue left, RecordValue? right)
    {
        var shape = Of(left.Shape);
        var fields = new Value[shape.Names.Count];
        for (int i = 0; i < left.Fields.Count; i++)
            fields[i] = left.Fields[i];
        for (int i = 0; i < _added.Length; i++)
            fields[left.Fields.Count + i] = ValueOf(right, i);
        return new RecordValue(shape, fields, left.Origin);
    }

    /// <summary>The shape of the rows that are made of those of a left shape.</summary>
    public RecordShape Of(RecordShape left)
    {
        if (!_shapes.TryGetValue(left, out var shape))
            _shapes.Add(left, shape = ShapeOf(left));
        return shape;
    }

    /// <summary>A field that comes from the right.</summary>
    public Value ValueOf(RecordValue? right, int added) => right?.Find(_added[added]) ?? NoneValue.Instance;

    /// <summary>The same as a cell, with the bytes of a text at hand.</summary>
    public Cell CellOf(RecordValue? right, int added)
    {
        var value = ValueOf(right, added);
        if (value is not TextValue { IsBare: true } text)
            return Cell.Of(value);

        text.KeepBytes();
        return text.GetKnownBytes() is { } bytes ? Cell.OfText(bytes, text.Column) : Cell.Of(value);
    }

    private RecordShape ShapeOf(RecordShape left)
    {
        if (_added.FirstOrDefault(name => left.Names.Contains(name)) is { } clash)
        {
            throw new EvaluationException(
                stage.Span,
                $"both sides of the join have a field `{clash}`",
                $"rename it on the right: `select {string.Join(", ", on)}, {clash}2 = {clash}`");
        }

        var joined = new RecordShape([.. left.Names, .. _added], left.TextField);
        return left.IsApart ? joined.Apart : joined;
    }
}
