using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Spellings;

/// <summary>Which names are of one thing by the replies so far, and which of them stands for all.</summary>
/// <param name="names">The names.</param>
internal sealed class SpellingClasses(IReadOnlyList<SpelledName> names)
{
    /// <summary>For each name one that stands for it, itself for one that stands for all.</summary>
    private readonly int[] _betters = [.. Enumerable.Range(0, names.Count)];
    private readonly FailedValue?[] _failures = new FailedValue?[names.Count];

    /// <summary>The names that stand for others, or for themselves alone, and that did not fail, in order.</summary>
    public int[] Standing => [.. Enumerable.Range(0, names.Count).Where(name => _betters[name] == name && _failures[name] is null)];

    /// <summary>Takes that some names are of one thing: the most frequent of them, of equal ones the first, stands for all.</summary>
    public void Join(IEnumerable<int> same)
    {
        int[] standing = [.. same.Select(Find).Distinct()];
        int best = standing.MinBy(name => (-names[name].Count, name));
        foreach (int name in standing)
            _betters[name] = best;
    }

    /// <summary>Takes that nobody knows what a name and those that it stands for are of.</summary>
    public void Fail(int name, FailedValue failure) => _failures[Find(name)] = failure;

    /// <summary>The name that stands for a name.</summary>
    public int Find(int name)
    {
        while (_betters[name] != name)
            name = _betters[name] = _betters[_betters[name]];
        return name;
    }

    /// <summary>Why nobody knows what a name is of; null where it is known.</summary>
    public FailedValue? FindFailure(int name) => _failures[Find(name)];
}
