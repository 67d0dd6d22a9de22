using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>What is gathered for each value of a stage's keys, in order of first sight.</summary>
internal sealed class KeyGroups<T>
{
    private readonly BoundStage _stage;
    private readonly IReadOnlyList<BoundBinding> _bindings;
    private readonly StageRows _rows;
    private readonly RowExpression[] _keys;
    private readonly Func<T> _create;
    private readonly Dictionary<ValueKey, int> _places = new(ValueKeyComparer.Instance);
    private readonly Dictionary<ValueKey, int>.AlternateLookup<Cell> _placesOfCells;
    private readonly List<(Value[] Keys, T Gathered)> _groups = [];
    private readonly TimeKeys _times = new();
    private readonly List<bool> _areTimes = [];

    public KeyGroups(BoundStage stage, StageRows rows, Func<T> create)
    {
        _stage = stage;
        _bindings = stage.Find(Slots.By) ?? [];
        _rows = rows;
        _keys = [.. _bindings.Select(binding => rows.Expression(binding.Value))];
        _create = create;
        _placesOfCells = _places.GetAlternateLookup<Cell>();
    }

    /// <summary>What is gathered for the current item's keys.</summary>
    public T OfItem()
    {
        if (_keys.Length == 1 && _placesOfCells.TryGetValue(_keys[0].Read(_rows), out int place))
            return At(place);

        var keys = new Value[_keys.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = ListValue.Keep(_keys[i].Evaluate(_rows));
        return At(PlaceOf(keys));
    }

    /// <summary>
    /// Adds the labels that did not occur and puts the groups in the order of the labels' domain, if the only key is a label;
    /// groups without a label come last.
    /// </summary>
    public void CompleteDomain()
    {
        if (_bindings.Count != 1)
            return;

        var domain = (_bindings[0].Value.Type.Required as LabelType)?.Labels
            ?? _groups.Select(group => (group.Keys[0] as TextValue)?.Domain).FirstOrDefault(found => found is not null);
        if (domain is null)
            return;

        Dictionary<ValueKey, int> ranks = [];
        foreach (string label in domain)
        {
            Value[] keys = [new TextValue(label) { Domain = domain }];
            ranks.TryAdd(ValueKey.Of(keys), ranks.Count);
            PlaceOf(keys);
        }

        // The sort is stable, so what is outside the domain stays in order of first sight.
        var ordered = _groups.OrderBy(group => ranks.GetValueOrDefault(ValueKey.Of(group.Keys), int.MaxValue)).ToArray();
        _groups.Clear();
        _groups.AddRange(ordered);
        _places.Clear();
    }

    /// <summary>The groups in order of first sight, with their keys.</summary>
    public IReadOnlyList<(Value[] Keys, T Gathered)> All => _groups;

    /// <summary>Makes one of groups that are told to be one: it stands where its first one stood, under the keys of its largest one.</summary>
    /// <param name="into">A number for each group, equal for those that are one.</param>
    /// <param name="sizeOf">How many items are gathered.</param>
    /// <param name="add">Adds what is gathered to another.</param>
    public void Merge(IReadOnlyList<int> into, Func<T, int> sizeOf, Action<T, T> add)
    {
        var merged = _groups.Select((group, place) => (group, place)).GroupBy(entry => into[entry.place], entry => entry.group).Select(parts =>
        {
            var keys = parts.MaxBy(part => sizeOf(part.Gathered)).Keys;
            var gathered = parts.First().Gathered;
            foreach (var part in parts.Skip(1))
                add(gathered, part.Gathered);
            return (keys, gathered);
        }).ToArray();
        _groups.Clear();
        _groups.AddRange(merged);
        _places.Clear();
    }

    /// <summary>What is gathered for each group; groups of failed keys come last.</summary>
    public IEnumerable<T> Gathered
    {
        get
        {
            _times.Tell(_stage.Operator.Name, _rows.Evaluation);
            return _groups.OrderBy(IsApart).Select(group => group.Gathered);
        }
    }

    /// <summary>A row for each group: the keys, then the fields. Groups of failed keys come last, apart.</summary>
    public ListValue Rows(IEnumerable<string> fieldNames, Func<T, IEnumerable<Value>> fields)
    {
        _times.Tell(_stage.Operator.Name, _rows.Evaluation);
        var shape = new RecordShape(
            [.. _bindings.Select(key => key.Name), .. fieldNames],
            keyField: _bindings.Count == 1 ? _bindings[0].Name : null);
        return ListValue.Of([.. _groups.OrderBy(IsApart)
            .Select(group => new RecordValue(IsApart(group) ? shape.Apart : shape, [.. group.Keys, .. fields(group.Gathered)]))]);
    }

    private static bool IsApart((Value[] Keys, T Gathered) group) => Array.Exists(group.Keys, key => key is FailedValue);

    private T At(int place)
    {
        if (_areTimes[place])
            _times.AddRow();
        return _groups[place].Gathered;
    }

    private int PlaceOf(Value[] keys)
    {
        var key = ValueKey.Of(keys);
        if (!_places.TryGetValue(key, out int place))
        {
            key.KeepBytes();
            place = _groups.Count;
            _places.Add(key, place);
            _groups.Add((keys, _create()));
            _areTimes.Add(_times.AddKey(keys));
        }

        return place;
    }
}
