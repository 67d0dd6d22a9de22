using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Binders;

/// <summary>What the binders of one program share: its names, what was found, the statements so far, and each other.</summary>
internal sealed class BindingContext
{
    public BindingContext(SourceText source, BindingEnvironment environment, IEnumerable<string> templateNames)
    {
        Environment = environment;
        Sink = new DiagnosticSink(source);
        Variables = environment.Variables.ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        TemplateNames = new HashSet<string>(templateNames, StringComparer.Ordinal);
        Pipelines = new PipelineBinder(this);
        Stages = new StageBinder(this);
        Arguments = new ArgumentBinder(this);
        Bindings = new BindingListBinder(this);
        Expressions = new ExpressionBinder(this);
        Operations = new OperationBinder(this);
        Names = new NameBinder(this);
        Calls = new CallBinder(this);
        Windows = new WindowBinder(this);
        Aggregates = new AggregateBinder(this);
        Patterns = new PatternBinder(this);
        Captures = new CaptureBinder(this);
        Types = new TypeBinder(this);
    }

    public BindingEnvironment Environment { get; }

    public DiagnosticSink Sink { get; }

    /// <summary>The variables by name: those of the environment, and the lets so far.</summary>
    public Dictionary<string, VariableSymbol> Variables { get; }

    /// <summary>The names that an <c>extract</c> reads its template from: in their strings a hole is a capture.</summary>
    public IReadOnlyCollection<string> TemplateNames { get; }

    /// <summary>The statements so far, with those of paid pipelines in parentheses before the ones that they stand in.</summary>
    public List<BoundStatement> Statements { get; } = [];

    public PipelineBinder Pipelines { get; }

    public StageBinder Stages { get; }

    public ArgumentBinder Arguments { get; }

    public BindingListBinder Bindings { get; }

    public ExpressionBinder Expressions { get; }

    public OperationBinder Operations { get; }

    public NameBinder Names { get; }

    public CallBinder Calls { get; }

    public WindowBinder Windows { get; }

    public AggregateBinder Aggregates { get; }

    public PatternBinder Patterns { get; }

    public CaptureBinder Captures { get; }

    public TypeBinder Types { get; }

    /// <summary>The functions that may be called; a tool hides the language's function of its name.</summary>
    public IEnumerable<FunctionSignature> Functions => Environment.Tools.Concat(FunctionCatalog.All);

    public FunctionSignature? FindFunction(string name) =>
        Environment.Tools.FirstOrDefault(tool => tool.Name == name) ?? FunctionCatalog.Find(name);

    public string TextAt(SourceSpan span) => Sink.TextAt(span);

    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, string message, string? help = null) =>
        Sink.Report(descriptor, span, message, help);
}
