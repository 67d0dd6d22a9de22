namespace Rlm.Runtime.Execution;

/// <summary>What was left out or could not be read while a statement was evaluated, counted, for its notes.</summary>
internal sealed class Tallies
{
    private readonly Lock _lock = new();
    private readonly List<(string Subject, string What)> _order = [];
    private readonly Dictionary<(string Subject, string What), long> _counts = [];
    private readonly List<Fold> _folds = [];

    private readonly record struct Fold(object Site, string Name)
    {
        public long Total { get; init; }

        public long None { get; init; }

        public long Unreadable { get; init; }

        public long Failed { get; init; }
    }

    /// <summary>One more of that kind: the note reads "3 rows have no field `x`".</summary>
    /// <param name="subject">A noun in the singular.</param>
    /// <param name="what">What is true of them, fit for one and for many.</param>
    public void Count(string subject, string what)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue((subject, what), out long count))
                _order.Add((subject, what));
            _counts[(subject, what)] = count + 1;
        }
    }

    /// <summary>Values that a fold saw and left out; the groups of one stage or aggregate add up.</summary>
    /// <param name="site">The stage or expression.</param>
    /// <param name="name">The fold's name.</param>
    /// <param name="total">How many values it saw.</param>
    /// <param name="none">How many of them were none.</param>
    /// <param name="unreadable">How many of them were of no kind that it can use.</param>
    /// <param name="failed">How many of them were failed items.</param>
    public void LeftOut(object site, string name, long total, long none, long unreadable, long failed)
    {
        lock (_lock)
        {
            int index = _folds.FindIndex(fold => ReferenceEquals(fold.Site, site));
            if (index < 0)
            {
                index = _folds.Count;
                _folds.Add(new Fold(site, name));
            }

            var sum = _folds[index];
            _folds[index] = sum with { Total = sum.Total + total, None = sum.None + none, Unreadable = sum.Unreadable + unreadable, Failed = sum.Failed + failed };
        }
    }

    /// <summary>Values that were used and could not be read, of what <see cref="Notes"/> tells.</summary>
    public IReadOnlyList<RlmLoss> Losses()
    {
        lock (_lock)
            return [.. _folds.Where(fold => fold.Unreadable > 0).Select(fold => new RlmLoss(RlmLossKind.ValuesUnread, UnreadableText(fold), "look at them with `where number(…) is none`, and leave them out or mend them before"))];
    }

    private static string UnreadableText(Fold fold) =>
        $"{fold.Name}: {fold.Unreadable} of {fold.Total} values {(fold.Unreadable == 1 ? "is no number and was" : "are no numbers and were")} left out";

    /// <summary>The notes, in order of first sight.</summary>
    public IReadOnlyList<string> Notes()
    {
        lock (_lock)
        {
            List<string> notes = [];
            foreach (var key in _order)
            {
                long count = _counts[key];
                notes.Add($"{count} {key.Subject}{(count == 1 ? "" : "s")} {key.What}");
            }

            foreach (var fold in _folds)
            {
                if (fold.Failed > 0)
                    notes.Add($"{fold.Name}: {fold.Failed} of {fold.Total} values {(fold.Failed == 1 ? "is a failed item and was" : "are failed items and were")} left out");
                if (fold.None > 0)
                    notes.Add($"{fold.Name}: {fold.None} of {fold.Total} values {(fold.None == 1 ? "is none and was" : "are none and were")} left out");
                if (fold.Unreadable > 0)
                    notes.Add(UnreadableText(fold));
            }

            return notes;
        }
    }
}
