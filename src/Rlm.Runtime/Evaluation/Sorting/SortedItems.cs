using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>The items of a long list, sorted: in memory, or in a temporary file where they take too much of it.</summary>
internal sealed class SortedItems : IArranged
{
    private readonly SortBuffer _buffer = new();
    private readonly SortOrder _order;
    private readonly SortRuns? _runs;
    private readonly bool _hasTies;

    /// <param name="rows">The items.</param>
    /// <param name="orders">The keys; none for the item itself.</param>
    /// <param name="stage">The stage.</param>
    /// <exception cref="EvaluationException">They take more than a sort may.</exception>
    public SortedItems(StageRows rows, IReadOnlyList<BoundOrder> orders, BoundStage stage)
    {
        var keys = new SortKeys(orders, rows);
        var limits = rows.Evaluation.SortLimits;
        bool hasApart = false;
        for (; rows.MoveNext(); Count++)
        {
            var item = keys.Write(rows);
            rows.Reader.Pack(item);
            _buffer.Add(item.Written, Count);
            hasApart |= rows.IsApart;
            if (_buffer.Bytes > limits.MemoryBytes)
            {
                _runs ??= new SortRuns();
                _runs.Add(_buffer, keys.Order);
                _buffer.Clear();
                if (_runs.Bytes > limits.FileBytes)
                    throw TooMany(stage, limits);
            }
        }

        keys.Note(stage.Operator.Name, rows.Evaluation);
        _order = keys.Order;
        _hasTies = orders.Count > 0 && !hasApart;
        if (_runs is null)
        {
            _buffer.Sort(_order);
        }
        else
        {
            if (_buffer.Count > 0)
                _runs.Add(_buffer, _order);
            _buffer = new SortBuffer();
            _runs.SortAll(_order);
        }
    }

    public int Count { get; }

    public SortedRows Open() => new(OpenItems(), _order);

    public int CountTiesBehind(int taken)
    {
        if (!_hasTies || taken <= 0)
            return 0;

        var items = OpenItems();
        for (int i = 0; i < taken; i++)
        {
            if (!items.MoveNext())
                return 0;
        }

        byte[] last = items.Item.ToArray();
        int ties = 0;
        while (items.MoveNext() && _order.Compare(last, items.Item) == 0)
            ties++;
        return ties;
    }

    public int CountTiesBefore(int taken)
    {
        int place = Count - taken;
        if (!_hasTies || taken <= 0 || place <= 0)
            return 0;

        var items = OpenItems();
        byte[] last = [];
        int ties = 0;
        for (int i = 0; i <= place && items.MoveNext(); i++)
        {
            ties = i > 0 && _order.Compare(last, items.Item) == 0 ? ties + 1 : 0;
            if (ties == 0)
                last = items.Item.ToArray();
        }

        return ties;
    }

    private static EvaluationException TooMany(BoundStage stage, SortLimits limits) => new(
        stage.Span,
        Invariant($"`{stage.Operator.Name}` needs a temporary file of more than {limits.FileBytes / (1 << 20):N0} MiB"),
        "keep less of what it sorts with `where`, `select` or `first` before it");

    private SortCursor OpenItems() => _runs is null ? _buffer.Open() : _runs.Open(_order);
}
