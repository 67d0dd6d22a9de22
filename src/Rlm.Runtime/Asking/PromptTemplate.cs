using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// A stage's prompt: the program's own words stand as they are, and a hole is a reference to what stands below between
/// marks, so that no text from outside is ever part of the instruction. Only values that cannot say anything, such as
/// numbers, dates and labels, stand in their place.
/// </summary>
internal sealed partial class PromptTemplate
{
    private const int MaxInlineChars = 64, MaxNameChars = 40;

    private readonly IReadOnlyList<BoundExpression> _parts;
    private readonly BoundExpression[] _ofItem;
    private readonly EvaluationContext _evaluation;

    public PromptTemplate(BoundStage stage, EvaluationContext evaluation)
    {
        var prompt = stage.Get(Slots.Prompt);
        _evaluation = evaluation;
        _parts = prompt is BoundTemplate template ? template.Parts : [prompt];
        _ofItem = stage.PromptReadsItem ? [.. _parts.Where(BoundTree.ReadsItem).DistinctBy(NameOf)] : [];
    }

    /// <summary>Whether the prompt says which parts of an item it is about.</summary>
    public bool ReadsItem => _ofItem.Length > 0;

    /// <summary>The instruction, and below it what its holes stand for, but for those that are other for each item.</summary>
    /// <param name="scope">The item whose holes are given too; null where each item is given as data.</param>
    public string Instruction(Scope? scope = null)
    {
        var given = new List<string>();
        string[] words = [.. _parts.Select(part => Words(part, scope, given))];

        // The data that follow need no name where the prompt ends with them, or is nothing else.
        if (scope is null && _ofItem.Length == 1 && _parts.Count(BoundTree.ReadsItem) == 1 && BoundTree.ReadsItem(_parts[^1])
            && _parts.Count > 1 && EndsBeforeData.IsMatch(words[^2]))
            words[^1] = "";
        string text = _parts is [not BoundLiteral and not BoundTemplate] && words[0].StartsWith('{')
            ? $"Answer what {words[0]} asks."
            : string.Concat(words).TrimEnd();
        return given.Count == 0 ? text : $"{text}\n\n{PromptMarkers.Frame(PromptMarkers.Given, string.Join('\n', given.Distinct()))}";
    }

    /// <summary>
    /// What the holes that read the item stand for: the value of the only one, else each with its name; and whether all of it is none
    /// or blank.
    /// </summary>
    /// <param name="scope">The item.</param>
    /// <param name="write">A value as the prompt shows it.</param>
    public (string Data, bool IsBlank) DataOf(Scope scope, Func<Value, string> write)
    {
        bool isBlank = true;
        string[] filled = [.. _ofItem.Select(hole =>
        {
            var value = ExpressionEvaluator.Evaluate(hole, scope, _evaluation);
            string text = write(value);
            isBlank &= Reading.IsNone(value) || string.IsNullOrWhiteSpace(text);
            return text;
        })];
        string data = filled.Length == 1 ? filled[0] : string.Join('\n', filled.Select((text, i) => WriteNamed(NameOf(_ofItem[i]), text)));
        return (data, isBlank);
    }

    /// <summary>The failed item that a hole stands for which reads the item; null for none.</summary>
    public FailedValue? FindFailedIn(Scope scope) => _ofItem.Select(
        hole => Unknown.Of(ExpressionEvaluator.Evaluate(hole, scope, _evaluation))).FirstOrDefault(failed => failed is not null);

    /// <summary>A value below its name, further lines indented, so that none of them names another.</summary>
    private static string WriteNamed(string name, string value) => $"{name}: {value.ReplaceLineEndings("\n  ")}";

    private string Words(BoundExpression part, Scope? scope, List<string> given)
    {
        bool isOfItem = ReadsItem && BoundTree.ReadsItem(part);
        if (isOfItem && scope is null)
            return $"{{{(_ofItem.Length == 1 ? "item" : NameOf(part))}}}";

        var value = ExpressionEvaluator.Evaluate(part, scope, _evaluation);
        if (value is FailedValue failed && !BoundTree.ReadsItem(part))
        {
            throw new EvaluationException(
                part.Span,
                $"the prompt would hold a failed item: {failed.Reason}",
                "leave failed items out with `where FIELD is not failed`, or ask for them again")
            {
                Descriptor = RuntimeDiagnostics.NoUsableReply,
            };
        }

        string text = ValueRenderer.InTemplate(value);
        if (IsOfProgram(part) || IsPlain(value, text))
            return text;

        given.Add(WriteNamed(NameOf(part), text));
        return $"{{{NameOf(part)}}}";
    }

    /// <summary>What a hole is called: by its variable or field where that is a word, else by its place.</summary>
    private string NameOf(BoundExpression hole) => hole switch
    {
        BoundField { Name: var name } when IsWord(name) => name,
        BoundOpenField { Name: var name } when IsWord(name) => name,
        BoundVariable { Symbol.Name: var name } when IsWord(name) => name,
        BoundItem => "item",
        BoundIndex => "index",
        _ => $"value {_parts.TakeWhile(part => part != hole).Count(part => part is not BoundLiteral) + 1}",
    };

    /// <summary>A field may be named by anything that a file holds.</summary>
    private static bool IsWord(string name) => name.Length <= MaxNameChars && Word.IsMatch(name);

    /// <summary>Whether the program says it itself, in words that were there before any data were read.</summary>
    private static bool IsOfProgram(BoundExpression expression) => expression switch
    {
        BoundLiteral => true,
        BoundTemplate template => template.Parts.All(IsOfProgram),
        BoundList list => list.Items.All(IsOfProgram),
        BoundVariable { Symbol.Definition: { Stages.Count: 0 } definition } => IsOfProgram(definition.Source),
        _ => false,
    };

    /// <summary>Whether the value says nothing but itself: a number, a date, a truth value, or a label of a closed list.</summary>
    private static bool IsPlain(Value value, string text) =>
        (value is NumberValue or BoolValue or DateValue or DurationValue or NoneValue or FailedValue or TextValue { Domain: not null })
            && text.Length <= MaxInlineChars && Plain.IsMatch(text);

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_ -]*$")]
    private static partial Regex Word { get; }

    [GeneratedRegex(@"^[\p{L}\p{N} .,:;+\-/%_'$€()\[\]]*$")]
    private static partial Regex Plain { get; }

    [GeneratedRegex(@"[\n:?.!]\s*$")]
    private static partial Regex EndsBeforeData { get; }
}
