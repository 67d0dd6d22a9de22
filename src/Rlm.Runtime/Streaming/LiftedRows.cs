using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>The results of a stage that works on each item of a list, the items of those that are lists one by one.</summary>
internal sealed class LiftedRows(IEnumerable<Value> results) : RowReader
{
    private readonly IEnumerator<Value> _results = results.GetEnumerator();
    private RowReader? _parts;

    public override Cell Cell => _parts is null ? base.Cell : _parts.Cell;

    public override void Dispose()
    {
        _parts?.Dispose();
        _results.Dispose();
    }

    protected override bool Advance()
    {
        while (true)
        {
            if (_parts is not null)
            {
                if (_parts.MoveNext())
                    return true;
                _parts.Dispose();
                _parts = null;
            }

            if (!_results.MoveNext())
                return false;
            if (_results.Current is not ListValue parts)
                return true;
            _parts = parts.Rows.Open();
        }
    }

    protected override Value MakeItem() => _parts is null ? ListValue.Settled(_results.Current) : _parts.Item;
}
