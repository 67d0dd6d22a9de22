using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

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
        if (!_shapes.TryGetValue(left.Shape, out var shape))
            _shapes.Add(left.Shape, shape = ShapeOf(left.Shape));

        var fields = new Value[shape.Names.Count];
        for (int i = 0; i < left.Fields.Count; i++)
            fields[i] = left.Fields[i];
        for (int i = 0; i < _added.Length; i++)
            fields[left.Fields.Count + i] = right?.Find(_added[i]) ?? NoneValue.Instance;
        return new RecordValue(shape, fields, left.Origin);
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
