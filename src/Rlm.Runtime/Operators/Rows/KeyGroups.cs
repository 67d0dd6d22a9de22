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
    private readonly RowKey _key;
    private readonly Func<T> _create;
    private readonly KeyTable _places;
    private readonly List<(Value[] Keys, T Gathered)> _groups = [];
    private readonly TimeKeys _times = new();
    private readonly List<bool> _areTimes = [];

    public KeyGroups(BoundStage stage, StageRows rows, Func<T> create)
    {
        _stage = stage;
        _bindings = stage.Find(Slots.By) ?? [];
        _rows = rows;
        _key = new RowKey(rows, [.. _bindings.Select(binding => rows.Expression(binding.Value))]);
        _create = create;
        _places = new KeyTable(_key.Count);
    }

    /// <summary>What is gathered for the current item's keys.</summary>
    public T OfItem()
    {
        int place = _places.FindOrAdd(_key);
        if (place == _groups.Count)
            Add(_key.Values());
        if (_areTimes[place])
            _times.AddRow();
        return _groups[place].Gathered;
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
            if (_places.FindOrAdd(new KeyValues(keys)) == _groups.Count)
                Add(keys);
        }

        // The sort is stable, so what is outside the domain stays in order of first sight.
        var ordered = _groups.OrderBy(group => ranks.GetValueOrDefault(ValueKey.Of(group.Keys), int.MaxValue)).ToArray();
        _groups.Clear();
        _groups.AddRange(ordered);
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

    private void Add(Value[] keys)
    {
        foreach (var text in keys.OfType<TextValue>())
            text.KeepBytes();
        _groups.Add((keys, _create()));
        _areTimes.Add(_times.AddKey(keys));
    }
}
