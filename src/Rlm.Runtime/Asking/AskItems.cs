using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// The questions about items: holes filled for each, or the item below the prompt. Each is made anew when it is looked at, since to keep
/// the texts of all would take many times what the items take.
/// </summary>
internal sealed class AskItems : MadeList<AskItem>
{
    private readonly PaidStage _stage;
    private readonly IReadOnlyList<Value> _items;
    private readonly PromptTemplate _prompt;
    private readonly bool _quotes;

    public AskItems(PaidStage stage, IReadOnlyList<Value> items)
    {
        _stage = stage;
        _items = items;
        _prompt = new PromptTemplate(stage.Bound, stage.Evaluation);
        _quotes = stage.Bound.Find(Slots.As) is { } type && ReplyGuide.HoldsQuote(type);
    }

    /// <summary>The prompt, which is the same for all items: what it says of them is given with each.</summary>
    public string Instruction => field ??= _prompt.Instruction();

    public override int Count => _items.Count;

    public override AskItem this[int index]
    {
        get
        {
            var (data, isBlank) = ReadAt(index);
            var item = new AskItem(Instruction, data, SourceOf(_items[index])) { IsBlank = isBlank };
            return _stage.Cites && !isBlank ? NumberAt(index, item) : item;
        }
    }

    /// <summary>An item as it is shown beside one that is asked about.</summary>
    public string ShowAt(int index) => ReadAt(index).Data;

    private (string Data, bool IsBlank) ReadAt(int index)
    {
        var item = _items[index];
        if (_prompt.ReadsItem)
            return _prompt.DataOf(new Scope(item, index, _items, null), ValueRenderer.InTemplate);

        // A text that no window holds is refused before it is decoded; no text has more tokens than bytes.
        if (Reading.AsText(item) is { } text && text.LengthBytes > _stage.RoomTokens)
            _stage.Packer.RequireRoom(index, TextUnit.Tokens.Count(TextInput.Of(text).Slice));
        string data = Data(item);
        return (data, Reading.IsNone(item) || string.IsNullOrWhiteSpace(data));
    }

    /// <summary>The question with the texts that are asked about numbered.</summary>
    private AskItem NumberAt(int index, AskItem item)
    {
        var value = _items[index];
        string shown = _prompt.ReadsItem ? item.Data : ValueRenderer.InTemplate(value);
        int reach = _stage.Reach, first = Math.Max(0, index - reach);
        var beside = Enumerable.Range(first, Math.Min(Count, index + 1 + reach) - first).Where(place => place != index && FindFailedAt(place) is null).Select(ShowAt);
        var texts = new CitedTexts(CitationStyle.Of([Instruction, shown, .. beside]), _stage.Evaluation.CancellationToken);
        string data = _prompt.ReadsItem ? _prompt.DataOf(new Scope(value, index, _items, null), texts.Write).Data : texts.Write(value);
        if (texts.IsEmpty)
            _stage.RefuseCitations();
        return item with { Data = data, Check = texts.Check };
    }

    /// <summary>The same for a child root, which has the item itself; null where one of those that it holds failed.</summary>
    /// <param name="index">The place of the item.</param>
    /// <param name="type">The item's type.</param>
    public ChildQuestion? ChildAt(int index, RlmType type)
    {
        if (FindFailedAt(index) is not null)
            return null;

        var item = _items[index];
        string question = _prompt.ReadsItem ? _prompt.Instruction(new Scope(item, index, _items, null)) : Instruction;
        _stage.Packer.RequireRoom(index, TokenEstimate.OfText(question));
        return new ChildQuestion(_quotes ? $"{question}\n\n{ReplyGuide.Copied}" : question, item, type.Required == RlmType.Unknown ? ValueTypes.TypeOf(item) ?? type : type) { Source = SourceOf(item) };
    }

    /// <summary>The failed item that a question would be about, or that a hole of it would stand for; null for none.</summary>
    public FailedValue? FindFailedAt(int index) =>
        Unknown.Of(_items[index]) ?? _prompt.FindFailedIn(new Scope(_items[index], index, _items, null));

    /// <summary>The prompt for one item, whose parts that it names are given beside data of another kind.</summary>
    public static string QuestionOf(Value item, PaidStage stage) => new PromptTemplate(stage.Bound, stage.Evaluation)
        .Instruction(stage.Bound.PromptReadsItem ? new Scope(item, 0, [item], null) : null);

    /// <summary>The text that quotes of an item must occur in: where it came from, for a list that of all its items.</summary>
    private TextValue? SourceOf(Value item)
    {
        if (!_quotes)
            return Provenance.OriginOf(item);

        return item is ListValue list
            ? JoinSources(list.ReadAll())
            : Provenance.OriginOf(item) ?? new TextValue(ValueRenderer.InTemplate(item));
    }

    /// <summary>The texts that items came from, one after the other, each to be found again in its own.</summary>
    public static TextValue JoinSources(IReadOnlyList<Value> items)
    {
        TextValue[] parts = [.. items.Select(item => Provenance.OriginOf(item) ?? new TextValue(ValueRenderer.InTemplate(item)))];
        return new TextValue(string.Join('\n', parts.Select(part => part.ToString()))) { Parts = parts };
    }

    /// <summary>An item as a model reads it: a list numbered, each with its place; a record as <c>field: value</c> lines.</summary>
    public static string Data(Value item) => item is ListValue list
        ? string.Join(
            '\n',
            list.Items.Select(
                (entry, index) =>
                    WriteNumbered(
                        index + 1,
                        $"{(Provenance.SliceOf(entry) is { } slice ? $"({slice.Cite.ReplaceLineEndings(" ")}) " : "")}{ValueRenderer.InTemplate(entry)}")))
        : ValueRenderer.InTemplate(item);

    /// <summary>A text with its number. Further lines are indented, so that only we open rows.</summary>
    public static string WriteNumbered(int number, string text) => WriteOpened($"[{number}]", text);

    /// <summary>A text that is shown and not asked about.</summary>
    public static string WriteContext(string text) => WriteOpened("[-]", text);

    /// <summary>A text behind what opens it.</summary>
    public static string WriteOpened(string opening, string text) => $"{opening} {text.TrimEnd().ReplaceLineEndings("\n  ")}";
}
