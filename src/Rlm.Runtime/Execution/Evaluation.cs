using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>What evaluating one statement shares: the variables' values, the notes, and the cancellation.</summary>
internal sealed class Evaluation(IReadOnlyDictionary<VariableSymbol, Value> variables, CancellationToken cancellationToken)
{
    private readonly List<string> _notes = [];

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What is counted for notes that hold a number.</summary>
    public Tallies Tallies { get; } = new();

    /// <summary>What the person or the root should know of how the value came about, in order, each once.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
                return [.. _notes, .. Tallies.Notes()];
        }
    }

    /// <summary>The variable's value, computed before the statement is evaluated.</summary>
    public Value Lookup(VariableSymbol symbol) => variables[symbol];

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
