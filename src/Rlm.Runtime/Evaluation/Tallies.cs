using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>What was left out or could not be read while a statement was evaluated, counted, for its notes.</summary>
internal sealed class Tallies
{
    private const int MostShown = 40;

    // Expressions are evaluated on one thread from their beginning to their end.
    [ThreadStatic]
    private static bool _isAsking;

    private readonly Lock _lock = new();
    private readonly List<(string Subject, string What)> _order = [];
    private readonly Dictionary<(string Subject, string What), (long Count, string Example)> _counts = [];
    private readonly List<Fold> _folds = [];
    private readonly Dictionary<(string Subject, string What), string> _lost = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<ColumnReading> _guessed = [];
    private readonly List<RlmLoss> _doubts = [];
    private readonly MissingFields _fields = new();

    private readonly record struct Fold(object Site, string Name)
    {
        public long Total { get; init; }

        public long None { get; init; }

        public long Unreadable { get; init; }

        public long Failed { get; init; }

        public Value? Example { get; init; }
    }

    /// <summary>One more of that kind: the note reads "3 rows have no field `x`".</summary>
    /// <param name="subject">A noun in the singular.</param>
    /// <param name="what">What is true of them, with <c>{one|many}</c> where words differ.</param>
    /// <param name="example">One of them, of which the first is shown; null for none to show.</param>
    public void Count(string subject, string what, Value? example = null)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue((subject, what), out var tally))
            {
                _order.Add((subject, what));
                tally = (0, example is null ? "" : $", as {ShowExample(example)}");
            }

            _counts[(subject, what)] = (tally.Count + 1, tally.Example);
        }
    }

    /// <summary>Values that a fold saw and left out; the groups of one stage or aggregate add up.</summary>
    /// <param name="site">The stage or expression.</param>
    /// <param name="name">The fold's name.</param>
    /// <param name="total">How many values it saw.</param>
    /// <param name="none">How many of them were none.</param>
    /// <param name="unreadable">How many of them were of no kind that it can use.</param>
    /// <param name="failed">How many of them were failed items.</param>
    /// <param name="example">The first of those that are of no use.</param>
    public void AddLeftOut(object site, string name, long total, long none, long unreadable, long failed, Value? example = null)
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
            _folds[index] = sum with
            {
                Total = sum.Total + total,
                None = sum.None + none,
                Unreadable = sum.Unreadable + unreadable,
                Failed = sum.Failed + failed,
                Example = sum.Example ?? example
            };
        }
    }

    /// <summary>Values that were used and could not be read, of what <see cref="Notes"/> tells.</summary>
    public IReadOnlyList<RlmLoss> Losses()
    {
        lock (_lock)
        {
            return
            [
                .. _fields.Losses(),
                .. _doubts,
                .. _order.Where(_lost.ContainsKey)
                    .Select(key => new RlmLoss(RlmLossKind.ValuesUnread, CountText(key), _lost[key]) { Count = _counts[key].Count }),
                .. _folds.Where(fold => fold.Unreadable > 0).Select(fold =>
                    new RlmLoss(RlmLossKind.ValuesUnread, UnreadableText(fold), UnreadRemedy("number")) { Count = fold.Unreadable, Of = fold.Total }),
            ];
        }
    }

    private static string UnreadableText(Fold fold) =>
        $"{fold.Name}: {Amount.Of(fold.Unreadable, fold.Total, "value")}{Of(fold.Example)} {Amount.Agree(fold.Unreadable, "{is not a number and was|are not numbers and were}")} left out{(fold.Example is { } example ? $", as {ShowExample(example)}" : "")}";

    /// <summary>A text beside a number or date that could not be read as one, which counted as none.</summary>
    /// <param name="kind">As "number".</param>
    /// <param name="value">The text.</param>
    public void AddUnread(string kind, Value value)
    {
        string? column = Reading.AsText(value)?.Column?.Name;
        if (column is null)
        {
            Count("text", $"beside a {kind} could not be read as one and counted as none");
            return;
        }

        if (Reading.IsBlank(value))
            return;

        LoseValue($"of `{column}` could not be read as a {kind} and counted as none", kind, value);
    }

    /// <summary>A value of a column that was used and could not be read, of which <paramref name="what"/> is true.</summary>
    public void LoseValue(string what, string kind, Value value) => Lose("value", what, UnreadRemedy(kind), value);

    private static string UnreadRemedy(string kind) => $"look at them with `where {kind}(…) is none`, and leave them out or mend them before";

    /// <summary>One more value that is none though what it is of was there, which the result rests on.</summary>
    /// <param name="subject">A noun in the singular.</param>
    /// <param name="what">What is true of them.</param>
    /// <param name="remedy">What to write instead.</param>
    /// <param name="example">One of them.</param>
    public void Lose(string subject, string what, string remedy, Value? example = null)
    {
        Count(subject, what, example);
        if (_isAsking)
            return;

        lock (_lock)
            _lost[(subject, what)] = remedy;
    }

    /// <summary>
    /// Computes what a program asks whether it is none: a value that is lost there is noted, and the result does not rest on it.
    /// </summary>
    public static Value Ask(Func<Value> compute)
    {
        bool wasAsking = _isAsking;
        _isAsking = true;
        try
        {
            return ListValue.Keep(compute());
        }
        finally
        {
            _isAsking = wasAsking;
        }
    }

    /// <summary>A row had the field, which not every row needs to have.</summary>
    public void FindField(string name) => _fields.Find(name);

    /// <summary>A value had no such field.</summary>
    public void MissField(string name, Value target) => _fields.Miss(name, target, isUsed: !_isAsking);

    /// <summary>A whole note.</summary>
    public void Note(string note)
    {
        lock (_lock)
            _notes.Add(note);
    }

    /// <summary>Values that were read by custom, which the result may be wrong by.</summary>
    public void Doubt(string text, string remedy)
    {
        lock (_lock)
            _doubts.Add(new RlmLoss(RlmLossKind.ValuesUnread, text, remedy));
    }

    /// <summary>A column of which something was read that may have been taken for granted.</summary>
    public void AddGuess(ColumnReading? column)
    {
        if (column?.Guess is null)
            return;

        lock (_lock)
            _guessed.Add(column);
    }

    /// <summary>The notes, in order of first sight.</summary>
    public IReadOnlyList<string> Notes()
    {
        lock (_lock)
        {
            List<string> notes = [.. _fields.Notes(), .. _order.Select(CountText)];

            foreach (var fold in _folds)
            {
                if (fold.Failed > 0)
                    notes.Add(
                        $"{fold.Name}: {Amount.Of(fold.Failed, fold.Total, "value")} {Amount.Agree(fold.Failed, "{is a failed item and was|are failed items and were}")} left out");
                if (fold.None > 0)
                    notes.Add(
                        $"{fold.Name}: {Amount.Of(fold.None, fold.Total, "value")} {Amount.Agree(fold.None, "{is none and was|are none and were}")} left out");
                if (fold.Unreadable > 0)
                    notes.Add(UnreadableText(fold));
            }

            notes.AddRange(_notes);
            notes.AddRange(_doubts.Select(doubt => doubt.Text));
            notes.AddRange(_guessed.Select(column => column.Guess!));

            return notes;
        }
    }

    private string CountText((string Subject, string What) key)
    {
        var (count, example) = _counts[key];
        return $"{Amount.Of(count, key.Subject)} {Amount.Agree(count, key.What)}{example}";
    }

    private static string Of(Value? example) =>
        example is not null && Reading.AsText(example)?.Column is { } column ? $" of `{column.Name}`" : "";

    private static string ShowExample(Value value) => $"`{Preview.Of(ValueRenderer.InTemplate(value), MostShown)}`";
}
