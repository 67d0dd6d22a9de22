using System.Collections.Concurrent;
using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// Tells where comparisons find nothing for case or blanks alone. Those of a stage's condition are looked at no further once it has held for
/// one item and not for another.
/// </summary>
/// <param name="stage">The stage whose condition it is; null for the comparisons of other expressions, which may be evaluated more than once.</param>
internal sealed class CaseNote(string? stage) : RunningNote
{
    private readonly ConcurrentDictionary<BoundBinary, CaseMiss?> _misses = new(ReferenceEqualityComparer.Instance);
    private bool _hasHeld;
    private bool _hasFailed;

    public override string? Text
    {
        get
        {
            if (IsSettled)
                return null;

            CaseMiss[] misses = [.. _misses.Values.OfType<CaseMiss>()];
            string[] told = [.. misses
                .Where(miss => !misses.Any(other => other.Finds(miss)))
                .Select(miss => miss.Tell(hasCount: stage is not null))
                .OfType<string>()
                .Order(StringComparer.Ordinal)];
            return told.Length == 0 ? null : $"{stage ?? "comparison"}: {string.Join("; ", told)}";
        }
    }

    /// <summary>Whether the condition tells items apart, so that it says what it is meant to.</summary>
    public bool IsSettled => _hasHeld && _hasFailed;

    /// <summary>Adds what the condition says of an item.</summary>
    public void Add(bool holds)
    {
        _hasHeld |= holds;
        _hasFailed |= !holds;
    }

    /// <summary>The comparison as it is watched, for all the times that it is evaluated; null for one that case does not matter to.</summary>
    public CaseMiss? MissOf(BoundBinary test) =>
        _misses.TryGetValue(test, out var known) ? known : _misses.GetOrAdd(test, CaseMiss.Of(test, this));
}
