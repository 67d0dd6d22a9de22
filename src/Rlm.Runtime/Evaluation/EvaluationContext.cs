using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Sorting;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation;

/// <summary>What evaluating one statement shares: the variables' values, the notes, and the cancellation.</summary>
internal sealed class EvaluationContext(IReadOnlyDictionary<VariableSymbol, Value> variables, StatementCancellation running)
{
    private const int ItemsBetweenPolls = 256;

    private readonly List<string> _notes = [];
    private readonly List<RlmLoss> _losses = [];
    private readonly Dictionary<string, (int Failed, string Reason)> _failedTools = new(StringComparer.Ordinal);
    private readonly Dictionary<object, RunningNote> _running = new(ReferenceEqualityComparer.Instance);
    private EvaluationContext? _start;
    private CaseNote? _comparisons;

    // By reference: bound trees are records, and comparing two whole ones would cost more than it saves.
    private readonly Memo<BoundExpression, Value> _kept = new(ReferenceEqualityComparer.Instance);

    public EvaluationContext(IReadOnlyDictionary<VariableSymbol, Value> variables, CancellationToken cancellationToken)
        : this(variables, new StatementCancellation(cancellationToken))
    {
    }

    /// <summary>This statement's own cancellation.</summary>
    public CancellationToken CancellationToken { get; } = running.Token;

    /// <summary>The cancellation of whichever statement runs, for what a value may read when this one is over.</summary>
    public StatementCancellation Cancellation { get; } = running;

    /// <summary>Called for each item of a list: looks now and then whether the run is cancelled.</summary>
    /// <param name="untilPoll">How many items are left until then; begins at 0.</param>
    public void Poll(ref int untilPoll)
    {
        if (untilPoll-- > 0)
            return;

        CancellationToken.ThrowIfCancellationRequested();
        untilPoll = ItemsBetweenPolls;
    }

    /// <summary>The evaluators of the free operators, by name.</summary>
    public required IReadOnlyDictionary<string, IOperator> Operators { get; init; }

    /// <summary>What each sort may take.</summary>
    public SortLimits SortLimits { get; init; } = SortLimits.Default;

    /// <summary>When the run began, by the clock of where it runs; null where it has none.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>The same in UTC.</summary>
    public DateTime? Now => Clock?.UtcDateTime;

    /// <summary>The host's functions.</summary>
    public HostTools Tools { get; init; } = HostTools.None;

    /// <summary>What items are among the others of their list.</summary>
    public Windows Windows { get; } = new();

    /// <summary>What is counted for notes that hold a number.</summary>
    public Tallies Tallies { get; } = new();

    /// <summary>What the person or the root should know of how the value came about, in order, each once; what failed comes last.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
            {
                // What reads again comes last, so that no other note counts that; it is told in its place.
                var texts = _running.Values.Where(static note => !note.ReadsAgain).ToDictionary(static note => note, static note => note.Text);
                string[] tallied = [.. Tallies.Notes()];
                return [.. _notes
                    .Concat(_start?.Notes ?? [])
                    .Concat(_running.Values.Select(note => texts.TryGetValue(note, out string? text) ? text : note.Text).OfType<string>())
                    .Concat(tallied)
                    .Distinct(), .. FailedLosses.Select(loss => loss.Text)];
            }
        }
    }

    /// <summary>Why the value is partial: stages with failed items, tools that failed, and what was read and could not be used.</summary>
    public IReadOnlyList<RlmLoss> Losses
    {
        get
        {
            lock (_notes)
                return [.. FailedLosses, .. _start?.Losses ?? [], .. _running.Values.SelectMany(note => note.Losses), .. Tallies.Losses()];
        }
    }

    /// <summary>What stages read.</summary>
    public IReadOnlyList<SourceReading> Readings
    {
        get
        {
            lock (_notes)
                return [.. _start?.Readings ?? [], .. _running.Values.SelectMany(note => note.Readings)];
        }
    }

    private IEnumerable<RlmLoss> FailedLosses =>
        [.. _losses, .. _failedTools.Select(tool => new RlmLoss(
            RlmLossKind.FailedItems,
            $"{tool.Key}: {Amount.Of(tool.Value.Failed, "call")} failed: {tool.Value.Reason}") { Count = tool.Value.Failed })];

    /// <summary>Goes on from what was evaluated of the statement before: its notes and losses are the statement's.</summary>
    public void GoOnFrom(EvaluationContext start) => _start = start;

    /// <summary>One over the same variables, of whose notes and losses nobody hears.</summary>
    public EvaluationContext WithoutNotes() => new(variables, Cancellation) { Operators = Operators, Clock = Clock, Tools = Tools, TokenFactor = TokenFactor };

    /// <summary>Remembers why the value is partial.</summary>
    public void Lose(RlmLoss loss)
    {
        lock (_notes)
            _losses.Add(loss);
    }

    /// <summary>Throws where a stage has read everything and could use nothing of it.</summary>
    /// <exception cref="EvaluationException">What the stage says of that.</exception>
    public void CheckStages()
    {
        lock (_notes)
        {
            _start?.CheckStages();
            foreach (var note in _running.Values)
                note.Check();
        }
    }

    /// <summary>Remembers that a call of a tool failed, with the reason of the first.</summary>
    public void FailTool(string tool, string reason)
    {
        lock (_notes)
            _failedTools[tool] = _failedTools.TryGetValue(tool, out var earlier) ? (earlier.Failed + 1, earlier.Reason) : (1, reason);
    }

    /// <summary>How many tokens of the model that paid stages ask stand for an estimated one.</summary>
    public double TokenFactor { get; init; } = 1;

    /// <summary>The variable's value, computed before the statement is evaluated.</summary>
    public Value Lookup(VariableSymbol symbol) => variables[symbol];

    /// <summary>The note of a stage or expression, made when it is first asked for; a lifted stage has one for all its items.</summary>
    public T GetRunning<T>(object site, Func<T> create)
        where T : RunningNote
    {
        lock (_notes)
        {
            if (!_running.TryGetValue(site, out var note))
                _running.Add(site, note = create());
            return (T)note;
        }
    }

    /// <summary>The comparison as a note watches it; null for one that case does not matter to.</summary>
    public CaseMiss? MissOf(BoundBinary comparison) =>
        (_comparisons ??= GetRunning(this, static () => new CaseNote(stage: null))).MissOf(comparison);

    /// <summary>The value of an expression that is the same wherever it is evaluated, computed when it is first asked for.</summary>
    public Value Keep(BoundExpression expression, Func<BoundExpression, EvaluationContext, Value> compute) =>
        _kept.TryGetValue(expression, out var known) ? known : _kept.GetOrAdd(expression, compute(expression, this));

    /// <summary>Counts a date that a text does not say whole.</summary>
    public void CountGuess(DateGuess guess)
    {
        if (guess.HasFlag(DateGuess.Order))
            Tallies.Count(
                "date", "can be read month first and day first; say which: `date(t, \"MM/dd/yyyy\")` or `date(t, \"dd/MM/yyyy\")`");
        if (guess.HasFlag(DateGuess.Year))
            Tallies.Count("time", "without a year: the year is a guess, the last one before the file was changed or the run began");
    }

    /// <summary>Adds a note, unless it is there already.</summary>
    public void Note(string note)
    {
        lock (_notes)
        {
            if (!_notes.Contains(note))
                _notes.Add(note);
        }
    }
}
