using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Sorting;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Operators;

/// <summary>Runs one stage of a text without a parser: arguments by slot, numbers and texts as literals.</summary>
/// <param name="evaluator">The stage.</param>
/// <param name="sortLimits">What a sort takes; null for what is usual.</param>
internal sealed class StageRun(IOperator evaluator, SortLimits? sortLimits = null)
{
    private static readonly SourceSpan Span = new(0, 1);

    private readonly List<BoundArgument> _arguments = [];
    private readonly EvaluationContext _evaluation = new(
        new Dictionary<VariableSymbol, Value>(), CancellationToken.None)
    { Operators = OperatorTable.ByName, SortLimits = sortLimits ?? SortLimits.Default };

    private OperatorSignature Signature => OperatorCatalog.Find(evaluator.Name)!;

    public IReadOnlyList<string> Notes => _evaluation.Notes;

    public static StageRun Of<T>()
        where T : IOperator, new() => new(new T());

    public static BoundPattern Regex(string regex, string flags = "", params string[] captures) => new(Span, regex, flags, null, captures);

    public static BoundPattern Literal(string text) => new(Span, null, "", new BoundLiteral(Span, RlmType.Text, text), []);

    /// <summary>A stage of a text by its operator's name, with a pattern.</summary>
    public static BoundStage StageOf(string name, BoundPattern pattern)
    {
        var signature = OperatorCatalog.Find(name)!;
        var argument = new BoundArgument(Span, SlotNames.Find(signature, "pattern"), pattern);
        return new BoundStage(Span, signature, [argument], RlmType.Text, RlmType.Unknown, false);
    }

    public static Value Text(string text, string name = "t.txt") => new TextValue(TextSource.FromString(text, name).Whole);

    public static ListValue List(params Value[] items) => ListValue.Of(items);

    public static Value Doc(string name, string text)
    {
        var source = TextSource.FromString(text, name);
        return new RecordValue(new RecordShape(["name", "text", "size"], "text"),
            [new TextValue(name), new TextValue(source.Whole), new NumberValue(source.LengthBytes)]);
    }

    public StageRun With(string slot, decimal number) => Add(slot, new BoundLiteral(Span, RlmType.Number, number));

    public StageRun With(string slot, string text) => Add(slot, new BoundLiteral(Span, RlmType.Text, text));

    public StageRun With(BoundPattern pattern) => Add("pattern", pattern);

    public StageRun Word(string slot, string word) => Add(slot, word);

    public StageRun Flag(string slot) => Word(slot, slot);

    public StageRun As(params (string Name, RlmType Type)[] fields) =>
        Add("as", new RecordType([.. fields.Select(field => new FieldType(field.Name, field.Type))]));

    public Value Run(Value input, RlmType? type = null) => ListValue.Keep(Stream(input, type));

    /// <summary>The result as the stage gives it, which may be made while it is read.</summary>
    public Value Stream(Value input, RlmType? type = null)
    {
        type ??= input is ListValue ? RlmType.ListOf(RlmType.Text) : RlmType.Text;
        var stage = new BoundStage(Span, Signature, _arguments, type, RlmType.Unknown, false);
        return evaluator.Evaluate(input, stage, null, _evaluation);
    }

    public Value[] Items(Value input, RlmType? type = null) => [.. ((ListValue)Run(input, type)).Items];

    public string[] Texts(string input) => Texts(Text(input));

    public string[] Texts(Value input, RlmType? type = null) => [.. Items(input, type).Select(ValueRenderer.InTemplate)];

    private StageRun Add(string slot, object value)
    {
        _arguments.Add(new BoundArgument(Span, SlotNames.Find(Signature, slot), value));
        return this;
    }
}
