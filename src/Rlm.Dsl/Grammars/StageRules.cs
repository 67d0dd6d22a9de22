using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Grammars;

/// <summary>The rules of stages, made of the shapes of the catalogue: one for each operator that is evaluated.</summary>
internal sealed class StageRules
{
    private readonly Dictionary<string, EbnfRule> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private StageRules()
    {
        List<EbnfRule> stages = [], openers = [];
        foreach (var signature in OperatorCatalog.All)
        {
            string name = signature.Name.Replace(' ', '_') + "_stage";
            var stage = new EbnfSequence([Word(signature.Head), Make(signature.Shape, name)]);
            _rules.Add(name, stage);
            stages.Add(Rule(name));
            if (signature.CanOpen || signature.IsPaid)
                openers.Add(Needed(signature.Shape) is { } needed ? new EbnfSequence([Word(signature.Head), Make(needed, name)]) : Rule(name));
        }

        _rules.Add("stage", new EbnfChoice([.. stages, Rule("function")]));
        _rules.Add("opener", new EbnfChoice(openers));
    }

    public static IReadOnlyDictionary<string, EbnfRule> Rules { get; } = new StageRules()._rules;

    private EbnfRule Make(Shape shape, string stage) => shape switch
    {
        SequenceShape sequence => new EbnfSequence([.. sequence.Parts.Select(part => Make(part, stage))]),
        ChoiceShape choice => new EbnfChoice([.. choice.Alternatives.Select(alternative => Make(alternative, stage))]),
        OptionalShape optional => new EbnfOptional(Make(optional.Inner, stage), false),
        AnyOrderShape anyOrder => MakeOptions(anyOrder, stage),
        WordShape word => word.Alternatives.Count == 1 ? Word(word.Alternatives[0]) : new EbnfChoice([.. word.Alternatives.Select(Word)]),
        FlagShape flag => new EbnfSequence([.. flag.Words.Select(Word)]),
        SlotShape { Slot.Kind: var kind } => Rule(NameOf(kind)),
        _ => throw new InvalidOperationException($"The shape {shape} has no rule."),
    };

    /// <summary>As many options as there are, in any order.</summary>
    private EbnfOptional MakeOptions(AnyOrderShape options, string stage)
    {
        var choice = new EbnfChoice([.. options.Parts.Select(part => Make(part, stage))]);
        string words = string.Join(" ", options.Options.Select(static option => option.Text));
        if (!_options.TryGetValue(words, out string? name))
        {
            _options.Add(words, name = stage.Replace("_stage", "_option"));
            _rules.Add(name, choice);
        }

        var all = new EbnfOptional(Rule(name), false);
        for (int i = 1; i < options.Parts.Count; i++)
            all = new EbnfOptional(new EbnfSequence([Rule(name), all]), false);
        return all;
    }

    /// <summary>A shape of which nothing is needed, with its first part needed: a bare word at the start of a statement is a name.</summary>
    private static SequenceShape? Needed(Shape shape) => shape is SequenceShape { Parts: [OptionalShape { Inner: var first }, ..] parts }
        && parts.All(static part => part is OptionalShape) ? new SequenceShape([first, .. parts.Skip(1)]) : null;

    private static EbnfSymbol Word(string word) => new(word, true, word == "%");

    private static EbnfSymbol Rule(string name) => new(name, false, false);

    private static string NameOf(SlotKind kind) => kind switch
    {
        SlotKind.Expression or SlotKind.Condition => "expr",
        SlotKind.OptionalCondition => "condition",
        SlotKind.Pattern or SlotKind.CapturePattern => "pattern",
        SlotKind.Prompt or SlotKind.Outer => "text",
        SlotKind.String => "string",
        SlotKind.Amount or SlotKind.Number => "n",
        SlotKind.Place => "place",
        SlotKind.Scalar => "scalar",
        SlotKind.Unit => "unit",
        SlotKind.FieldName or SlotKind.SourceField or SlotKind.NewName => "NAME",
        SlotKind.FieldNames => "names",
        SlotKind.Keys => "keys",
        SlotKind.Bindings or SlotKind.Aggregates => "bindings",
        SlotKind.Columns => "columns",
        SlotKind.Orders => "orders",
        SlotKind.Type => "type",
        SlotKind.Fallback => "fallback",
        SlotKind.ModelName => "model",
        _ => throw new InvalidOperationException($"The slot kind {kind} has no rule."),
    };
}
