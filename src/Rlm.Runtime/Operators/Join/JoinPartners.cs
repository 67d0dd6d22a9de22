using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Join;

/// <summary>The rows to join with, by their keys. A row whose key is none is nobody's partner.</summary>
internal sealed class JoinPartners
{
    private readonly IReadOnlyList<string> _on;
    private readonly ValueColumn[] _columns;
    private readonly KeyTable _keys;

    // Of each key its first row and its last one, and of each row the next with the same key; -1 behind the last.
    private readonly List<(int First, int Last)> _ends = [];
    private readonly int[] _next;
    private readonly Lazy<HashSet<string>> _folded;

    /// <param name="rows">The rows.</param>
    /// <param name="on">The fields that are the key.</param>
    /// <param name="columns">How the keys of both sides read.</param>
    public JoinPartners(RecordValue[] rows, IReadOnlyList<string> on, ValueColumn[] columns)
    {
        (Rows, _on, _columns) = (rows, on, columns);
        _keys = new KeyTable(on.Count);
        _next = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            Add(i);
        _folded = new Lazy<HashSet<string>>(() => rows.Select(row => Fold(name => FieldAccess.Of(row, name))).ToHashSet(StringComparer.Ordinal));
    }

    public RecordValue[] Rows { get; }

    /// <summary>The first row with a key; -1 for none.</summary>
    public int FirstOf(IKeyParts key) => _keys.Find(key) is >= 0 and var place ? _ends[place].First : -1;

    /// <summary>The next row with the same key; -1 behind the last.</summary>
    public int NextOf(int row) => _next[row];

    /// <summary>A part of a key of the other side, as it is compared.</summary>
    public Cell Read(int part, RowExpression key, StageRows rows)
    {
        var cell = key.Read(rows);
        return _columns[part].KeepsTexts || cell.Kind is CellKind.Number or CellKind.Date ? cell : Cell.Of(_columns[part].Read(key.Evaluate(rows)));
    }

    /// <summary>Whether a row has the same key as a row of the other side but for case and blanks around it.</summary>
    public bool HasFolded(Func<string, Value> field) => _folded.Value.Contains(Fold(field));

    private string Fold(Func<string, Value> field) =>
        string.Join('\n', _on.Select(name => ValueRenderer.InTemplate(field(name)).Trim().ToLowerInvariant()));

    private void Add(int row)
    {
        Value[] key = [.. _on.Select((name, i) => _columns[i].Read(FieldAccess.Of(Rows[row], name)))];
        _next[row] = -1;
        if (Array.Exists(key, Reading.IsNone))
            return;

        int place = _keys.FindOrAdd(new KeyValues(key));
        if (place == _ends.Count)
        {
            _ends.Add((row, row));
            return;
        }

        _next[_ends[place].Last] = row;
        _ends[place] = (_ends[place].First, row);
    }
}
