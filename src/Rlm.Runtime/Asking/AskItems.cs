using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// The questions about items: holes filled for each, or the item below the prompt. Each is made anew when it is looked at, since to keep the texts of all
/// would take many times what the items take.
/// </summary>
internal sealed class AskItems : MadeList<AskItem>
{
    private readonly PaidStage _stage;
    private readonly IReadOnlyList<Value> _items;
    private readonly BoundExpression _prompt;
    private readonly IReadOnlyList<BoundExpression> _holes;
    private readonly bool _quotes;
    private string? _filled;

    public AskItems(PaidStage stage, IReadOnlyList<Value> items)
    {
        _stage = stage;
        _items = items;
        _prompt = stage.Bound.Expression("prompt");
        _holes = !stage.Bound.PromptReadsItem ? [] : _prompt is BoundTemplate template ? [.. template.Parts.Where(ReadsItem)] : [_prompt];
        _quotes = stage.Bound.TypeArgument("as") is { } type && ReplyGuide.HoldsQuote(type);
    }

    /// <summary>The prompt for all items: holes that read the item are named, and each row gives their values.</summary>
    public string SharedInstruction => _holes.Count == 0
        ? Filled(_prompt, null)
        : _prompt is BoundTemplate template ? string.Concat(template.Parts.Select(part => _holes.Contains(part) ? Placeholder(part) : Filled(part, null)))
        : "Each row is a question of its own.";

    public override int Count => _items.Count;

    public override AskItem this[int index]
    {
        get
        {
            var item = _items[index];
            if (_stage.Bound.PromptReadsItem)
            {
                var scope = new Scope(item, index, _items, null);
                return new AskItem(InstructionOf(index), null, Row(scope), SourceOf(item));
            }

            // A text that no window holds is refused before it is decoded; no text has more tokens than bytes.
            if (Reading.AsText(item) is { } text && text.LengthBytes > _stage.RoomTokens)
                _stage.RequireRoom(index, TextUnit.Tokens.Count(Operators.TextInput.Of(text).Slice));
            string data = Data(item);
            return new AskItem(InstructionOf(index), data, data, SourceOf(item));
        }
    }

    /// <summary>What is asked about an item, without the item.</summary>
    public string InstructionOf(int index) => _stage.Bound.PromptReadsItem
        ? Filled(_prompt, new Scope(_items[index], index, _items, null))
        : _filled ??= Filled(_prompt, null);

    /// <summary>The text that quotes of an item must occur in: where it came from, for a list that of all its items.</summary>
    private TextValue? SourceOf(Value item)
    {
        if (!_quotes)
            return Provenance.OriginOf(item);

        return item is ListValue list ? JoinedSource(list.Kept()) : Provenance.OriginOf(item) ?? new TextValue(ValueRenderer.InTemplate(item));
    }

    /// <summary>The texts that items came from, one after the other, each to be found again in its own.</summary>
    public static TextValue JoinedSource(IReadOnlyList<Value> items)
    {
        TextValue[] parts = [.. items.Select(item => Provenance.OriginOf(item) ?? new TextValue(ValueRenderer.InTemplate(item)))];
        return new TextValue(string.Join('\n', parts.Select(part => part.ToString()))) { Parts = parts };
    }

    /// <summary>An item as a model reads it: a list numbered, each with its place; a record as <c>field: value</c> lines.</summary>
    public static string Data(Value item) => item is ListValue list
        ? string.Join('\n', list.Items.Select((entry, index) => $"[{index + 1}] {(Provenance.SliceOf(entry) is { } slice ? $"({slice.Cite}) " : "")}{ValueRenderer.InTemplate(entry)}"))
        : ValueRenderer.InTemplate(item);

    private string Row(Scope scope) => _holes.Count switch
    {
        0 => Data(scope.Item),
        1 => Filled(_holes[0], scope),
        _ => string.Join('\n', _holes.Select(hole => $"{Placeholder(hole)}: {Filled(hole, scope)}")),
    };

    private string Placeholder(BoundExpression hole) => _holes.Count == 1 ? "{row}" : $"{{{NameOf(hole)}}}";

    private string NameOf(BoundExpression hole) => hole switch
    {
        BoundField field => field.Name,
        BoundOpenField field => field.Name,
        BoundItem => "row",
        _ => $"value {_holes.TakeWhile(other => other != hole).Count() + 1}",
    };

    private string Filled(BoundExpression expression, Scope? scope) => ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(expression, scope, _stage.Evaluation));

    /// <summary>Whether a part of a prompt is other for each item.</summary>
    public static bool ReadsItem(BoundExpression part) =>
        BoundTree.Descendants(part).Any(expression => expression is BoundItem or BoundOpenField or BoundProvenance or BoundIndex);
}
