using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>Fields that rows of no known shape were asked for and did not have: a note, and a loss where no row at all had the field.</summary>
internal sealed class MissingFields
{
    private const int MostFields = 12;

    private readonly Lock _lock = new();
    private readonly List<string> _order = [];
    private readonly Dictionary<string, Missing> _missing = new(StringComparer.Ordinal);

    // Compared by reference, without the lock: the names of a program's expressions, each of which asks many rows.
    private volatile string[] _found = [];

    private readonly record struct Missing(long Count, Value Example, bool IsUsed);

    /// <summary>A row that has the field.</summary>
    public void Find(string name)
    {
        foreach (string found in _found)
        {
            if (ReferenceEquals(found, name))
                return;
        }

        lock (_lock)
            _found = [.. _found, name];
    }

    /// <summary>A value that has no such field.</summary>
    /// <param name="name">The field.</param>
    /// <param name="target">The value.</param>
    /// <param name="isUsed">Whether the result rests on it, which it does not where the program asks whether it is there.</param>
    public void Miss(string name, Value target, bool isUsed)
    {
        lock (_lock)
        {
            if (!_missing.TryGetValue(name, out var missing))
            {
                _order.Add(name);
                missing = new Missing(0, target, false);
            }

            _missing[name] = missing with { Count = missing.Count + 1, IsUsed = missing.IsUsed || isUsed };
        }
    }

    public IEnumerable<string> Notes()
    {
        lock (_lock)
            return [.. _order.Select(TextOf)];
    }

    public IEnumerable<RlmLoss> Losses()
    {
        lock (_lock)
        {
            return [.. _order.Where(name => _missing[name].IsUsed && IsNowhere(name)).Select(name =>
                new RlmLoss(RlmLossKind.FieldMissing, TextOf(name), RemedyOf(name, _missing[name].Example)) { Count = _missing[name].Count })];
        }
    }

    private bool IsNowhere(string name) => !_found.Contains(name, StringComparer.Ordinal);

    private string TextOf(string name) => IsNowhere(name)
        ? $"no row has a field `{name}`, which counts as none ({Amount.Of(_missing[name].Count, "time")})"
        : $"{Amount.Of(_missing[name].Count, "time")} a row had no field `{name}`, which counts as none";

    private static string RemedyOf(string name, Value example)
    {
        if (example is not RecordValue row)
            return "look at the value with `describe`";

        for (int i = 0; i < row.Fields.Count; i++)
        {
            if (row.Fields[i] is RecordValue inner && inner.Shape.IndexOf(name) >= 0)
                return $"write `{row.Shape.Names[i]}.{name}`";
            if (row.Fields[i] is ListValue { IsStreamed: false } list && list.Items.FirstOrDefault() is RecordValue item
                && item.Shape.IndexOf(name) >= 0)
                return $"`{row.Shape.Names[i]}` is a list of rows with it: write `| flatten {row.Shape.Names[i]}` before, or a fold of it such as `sum({row.Shape.Names[i]}.{name})`";
        }

        string more = row.Shape.Names.Count > MostFields ? " and more" : "";
        return $"the fields are {string.Join(", ", row.Shape.Names.Take(MostFields).Select(field => $"`{field}`"))}{more}";
    }
}
