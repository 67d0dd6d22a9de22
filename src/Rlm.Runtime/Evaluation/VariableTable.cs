using System.Runtime.CompilerServices;
using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Answers;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>The variables of a session: those of the host, and lets over programs and turns.</summary>
internal sealed class VariableTable
{
    private readonly Dictionary<string, VariableSymbol> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<VariableSymbol, Value> _values = [];
    private readonly Dictionary<VariableSymbol, IReadOnlyList<RlmLoss>> _losses = [];
    private readonly HashSet<VariableSymbol> _failed = [];
    private readonly Dictionary<VariableSymbol, RlmVariable> _hosted = [];
    private readonly Dictionary<VariableSymbol, SourceText> _sources = [];
    private readonly List<RlmVariable> _contexts = [];

    // By a pipeline, or the condition of an assert: they live as long as the program that these stand in.
    private readonly ConditionalWeakTable<object, EvaluatedStart> _starts = [];

    public VariableTable(IReadOnlyList<RlmVariable> variables)
    {
        RlmVariable.RequireDistinct(variables);
        foreach (var variable in variables)
        {
            var symbol = new VariableSymbol(variable.Name, variable.Type, null);
            _byName.Add(variable.Name, symbol);
            _hosted.Add(symbol, variable);
            if (variable.IsOpen)
                Take(symbol, variable);
        }
    }

    /// <summary>The variable of a child root.</summary>
    /// <param name="symbol">Its name and type.</param>
    /// <param name="value">Its value.</param>
    public VariableTable(VariableSymbol symbol, Value value)
    {
        _byName.Add(symbol.Name, symbol);
        _values.Add(symbol, value);
    }

    /// <summary>The cancellation of the statement that runs over them.</summary>
    public StatementCancellation Cancellation { get; } = new(CancellationToken.None);

    /// <summary>The values that are known.</summary>
    public IReadOnlyDictionary<VariableSymbol, Value> Values => _values;

    /// <summary>The host's variables that are open.</summary>
    public IReadOnlyList<RlmVariable> Contexts => _contexts;

    /// <summary>The variables by name, in the order in which they were defined.</summary>
    public IEnumerable<VariableSymbol> Symbols => _byName.Values;

    /// <summary>The names of the lets that a program may use.</summary>
    public IReadOnlyList<string> Kept => [.. _byName.Values.Where(symbol => symbol.Definition is not null && !HasFailed(symbol)).Select(static symbol => symbol.Name)];

    /// <summary>Compiles a program against the variables that there are now, and opens those that it reads.</summary>
    /// <param name="source">The program.</param>
    /// <param name="rules">What the host says of it.</param>
    public RlmProgram Compile(SourceText source, ProgramRules rules)
    {
        var program = RlmProgram.Compile(source, Environment(rules));
        return OpenFor(program) ? program : RlmProgram.Compile(source, Environment(rules));
    }

    /// <summary>What may stand at a place of a program over the variables that there are now.</summary>
    /// <param name="text">The program.</param>
    /// <param name="position">The place.</param>
    /// <param name="rules">What the host says of it.</param>
    public IReadOnlyList<RlmCompletion> Complete(string text, int position, ProgramRules rules) =>
        RlmLanguage.Complete(text, position, Environment(rules));

    /// <summary>What a word of a program over the variables that there are now is.</summary>
    /// <param name="text">The program.</param>
    /// <param name="position">A place in the word.</param>
    /// <param name="rules">What the host says of it.</param>
    public RlmWord? DescribeWord(string text, int position, ProgramRules rules) =>
        RlmLanguage.DescribeWord(text, position, Environment(rules));

    private BindingEnvironment Environment(ProgramRules rules) => new()
    {
        OperatorsPage = rules.OperatorsPage ?? DslDiagnostics.OperatorsPage,
        RootsRefused = rules.RootsRefused,
        CheckAnswer = type => rules.Shape?.FindMismatch(type),
        Variables = new Dictionary<string, VariableSymbol>(_byName, StringComparer.Ordinal),
        Owner = this,
        Tools = [.. rules.Tools.Select(ToolSignature.Of)],
        ProbeSchema = (symbol, document, format) => _hosted.TryGetValue(symbol, out var variable) && variable.Type == RlmType.Text == document is null && variable.Sources.Count > (document ?? 0)
            ? new SchemaProbe(variable.Sources[document ?? 0], format).Type
            : null,
    };

    /// <summary>Makes the name mean this symbol from here on. A pipeline in brackets is computed like a let and has no name.</summary>
    public void Define(VariableSymbol symbol, SourceText source)
    {
        // A program that runs once more computes its lets once more.
        _values.Remove(symbol);
        _failed.Remove(symbol);
        _sources[symbol] = source;
        if (symbol.Name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            _byName[symbol.Name] = symbol;
    }

    /// <summary>Whether computing the variable failed, as it would again.</summary>
    public bool HasFailed(VariableSymbol symbol) => _failed.Contains(symbol);

    public void MarkFailed(VariableSymbol symbol) => _failed.Add(symbol);

    /// <summary>The program that a let stands in.</summary>
    public SourceText SourceOf(VariableSymbol symbol) => _sources[symbol];

    public void Set(VariableSymbol symbol, Value value, IReadOnlyList<RlmLoss> losses)
    {
        _values[symbol] = value;
        _losses[symbol] = losses;
    }

    /// <summary>What plans evaluated of a pipeline or a condition; null for nothing.</summary>
    public EvaluatedStart? FindStart(object part) => _starts.TryGetValue(part, out var start) ? start : null;

    public void KeepStart(object part, EvaluatedStart start) => _starts.AddOrUpdate(part, start);

    /// <summary>The same for the run, which evaluates it anew where it comes to it once more.</summary>
    public EvaluatedStart? TakeStart(object part)
    {
        var start = FindStart(part);
        _starts.Remove(part);
        return start;
    }

    /// <summary>Whether the symbol has a value.</summary>
    public bool Has(VariableSymbol symbol) => _values.ContainsKey(symbol);

    /// <summary>The symbols without a value among the given ones and those that they need, each after what it needs.</summary>
    public IReadOnlyList<VariableSymbol> FindMissing(IEnumerable<VariableSymbol> needed) => FindMissing(needed, Has);

    /// <summary>The same by what is known elsewhere.</summary>
    public static IReadOnlyList<VariableSymbol> FindMissing(IEnumerable<VariableSymbol> needed, Func<VariableSymbol, bool> isKnown)
    {
        var missing = new List<VariableSymbol>();
        var seen = new HashSet<VariableSymbol>();
        var pending = new Stack<(VariableSymbol Symbol, bool IsReady)>(needed.Reverse().Select(symbol => (symbol, false)));
        while (pending.Count > 0)
        {
            var (symbol, isReady) = pending.Pop();
            if (isReady)
                missing.Add(symbol);

            if (isReady || isKnown(symbol) || !seen.Add(symbol))
                continue;

            pending.Push((symbol, true));
            foreach (var inner in BoundTree.Variables(symbol.Definition!).Reverse())
                pending.Push((inner, false));
        }

        return missing;
    }

    /// <summary>
    /// Whether the deferred variables of the program are there; forgets those that are not. One with errors may mean any.
    /// </summary>
    private bool OpenFor(RlmProgram program)
    {
        bool areThere = true;
        var deferred = _hosted.Where(hosted => !_values.ContainsKey(hosted.Key)).ToList();
        var read = program.Variables;
        foreach (var (symbol, variable) in deferred.Where(hosted => program.HasErrors || read.Contains(hosted.Key.Name)))
        {
            if (variable.IsThere)
            {
                Take(symbol, variable);
                continue;
            }

            _hosted.Remove(symbol);
            _byName.Remove(symbol.Name);
            areThere = false;
        }

        return areThere;
    }

    /// <summary>Opens the deferred variables of the host; gives those that are there and whose names no let has taken.</summary>
    public IReadOnlyList<RlmVariable> OpenAll()
    {
        foreach (var (symbol, variable) in _hosted.Where(hosted => !_values.ContainsKey(hosted.Key) && hosted.Value.IsThere).ToList())
            Take(symbol, variable);
        return [.. _hosted.Where(hosted => _values.ContainsKey(hosted.Key) && _byName[hosted.Key.Name] == hosted.Key).Select(hosted => hosted.Value)];
    }

    private void Take(VariableSymbol symbol, RlmVariable variable)
    {
        _contexts.Add(variable);
        _values.Add(symbol, HostedValue.Of(variable));
    }

    /// <summary>Losses of the variables and of all that they were computed from.</summary>
    public IReadOnlyList<RlmLoss> LossesOf(IEnumerable<VariableSymbol> symbols)
    {
        var seen = new HashSet<VariableSymbol>();
        var pending = new Stack<VariableSymbol>(symbols);
        while (pending.Count > 0)
        {
            var symbol = pending.Pop();
            if (!seen.Add(symbol) || symbol.Definition is null)
                continue;
            foreach (var inner in BoundTree.Variables(symbol.Definition))
                pending.Push(inner);
        }

        return [.. seen.SelectMany(symbol => _losses.GetValueOrDefault(symbol, [])).Distinct()];
    }
}
