using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>What evaluating one statement shares: the variables' values, the notes, and the cancellation.</summary>
internal sealed class Evaluation(IReadOnlyDictionary<VariableSymbol, Value> variables, CancellationToken cancellationToken)
{
    private readonly List<string> _notes = [];
    private readonly Dictionary<BoundStage, RunningNote> _running = new(ReferenceEqualityComparer.Instance);

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the person or the root should know of how the value came about, in order, each once.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
                return [.. _notes, .. _running.Values.Select(note => note.Text).OfType<string>().Distinct()];
        }
    }

    /// <summary>The variable's value, computed before the statement is evaluated.</summary>
    public Value Lookup(VariableSymbol symbol) => variables[symbol];

    /// <summary>The stage's note, made when it is first asked for; a lifted stage has one for all its items.</summary>
    public T Running<T>(BoundStage stage, Func<T> create)
        where T : RunningNote
    {
        lock (_notes)
        {
            if (!_running.TryGetValue(stage, out var note))
                _running.Add(stage, note = create());
            return (T)note;
        }
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
