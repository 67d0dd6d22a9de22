using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Text;
using static Rlm.Dsl.Misreadings.Misreading;
using static Rlm.Dsl.Misreadings.MisreadingStep;

namespace Rlm.Dsl.Misreadings;

/// <summary>What chat models and their libraries write for a paid call: its prompt, its type and its options.</summary>
internal static class CallForms
{
    private const string UsageOfOptions = "there are `as TYPE`, `pack N`, `votes N`, `with model \"NAME\"` and `or skip`";

    private static readonly Regex AsType = new("\\bas\\b[\\s:=]*", RegexOptions.RightToLeft | RegexOptions.CultureInvariant);

    private static readonly Regex BarePrompt = new(
        @"^(?<call>llm\s+)?(?<prompt>[A-Za-z][^""|{}]*?)(?<rest>\s+as\s+\w+)?\s*(?:\||$)", RegexOptions.CultureInvariant);

    public static readonly IReadOnlyList<Misreading> Rows =
    [
        new("call: more than a prompt", Call, "", ",", at =>
            at.Scan.Open == '(' && Excerpt.ReadQuotedAt(at.LineFrom(at.Scan.OpenAt), 0) is { } prompt
                ? at.Tell("a call takes its prompt alone; what it is about comes in by the pipe", $"write `llm \"{prompt.Text}\"`")
                : null),
        OfOption("call: a field for the reply", "into to", (at, _) =>
            at.HeadWord == "map" && at.Before.StartsWith("llm", StringComparison.Ordinal) && at.Argument is var name && Names.Word(name, 0) == name.Length
                ? at.Tell("`extend` puts the reply into a field", $"write `extend {name} = {at.Before}`")
                : null),
        new("call: labels in another form", Call, "", "", at => TypeOf(at) is { } type ? TellLabels(at, type) : null),
        new("call: fields without types", Call, "", "", at =>
            TypeOf(at) is { } type && IsField(at, type) && ReplyTypeText.RecordIn(at.LineFrom(at.Scan.OpenAt + 1)) is { } record
                ? at.Tell("each field of a record has a type behind `:`", $"write `as {record}`")
                : null),

        OfOption("call: labels without as", "", (at, option) =>
            (option.Word is "in" or "from" or "one" || TypeSynonyms.OpensLabels(option.Word))
                && ReplyTypeText.LabelsIn(at.Rest) is { } labels
                ? at.Tell("the labels of a reply follow `as`", $"write `as one of {labels}`")
                : null),
        OfOption("call: a type without as", "- : returns return returning type format into to", (at, option) =>
            ReplyTypeText.TypeAt(option.Behind) is { } type
                ? at.Tell("the type of a reply follows `as`", $"write `as {type}`")
                : null),
        OfOption("call: with before an option", "pack votes as", (at, option) => at.Preceding == "with"
            ? at.Tell($"`{option.Word}` stands without `with`", option.Word == "as" ? "write `as text`" : $"write `{option.Word} {option.Amount}`")
            : null),
        OfOption("call: batches", "batch batch_size batchsize batches rows per", (at, option) =>
            at.Tell("many items are asked in one call by `pack`", $"write `pack {option.Amount}`")),
        OfOption("call: a range", "between range", (at, _) => ReplyTypeText.TypeAt(at.Preceding) is { } ranged
            ? at.Tell("a type has no range", $"write `as {ranged}`, and tell the range in the prompt")
            : null),
        OfOption("call: pack all", "all", (at, _) =>
            at.Preceding == "pack" ? at.Tell("`pack` takes a number, or `auto`", "write `pack auto`") : null),
        OfOption("call: runs", "vote runs samples times", (at, option) =>
            at.Tell("a question is asked several times by `votes`", $"write `votes {(option.Amount == "50" ? "3" : option.Amount)}`")),
        OfOption("call: a fallback", "on else default otherwise fallback if", (at, option) =>
            at.Tell("what stands for a failed item follows `or`", $"write `or {CallOption.FallbackIn(option.Behind)}`")),
        OfOption("call: a truth for a failed item", "true false", (at, option) => at.Preceding == "or"
            ? at.Tell("`or` takes `fail`, `skip`, `none`, a text or a number", $"write `or \"{option.Word}\"`")
            : null),
        OfOption("call: a model", "model using", (at, _) =>
            at.Tell("a model is chosen by `with model`", $"write `with model \"{CallOption.ModelIn(at.Rest)}\"`")),
        OfOption("call: a model's name with signs", "- . : /", (at, _) =>
            at.Before.LastIndexOf("with model ", StringComparison.Ordinal) is var model and >= 0
                ? at.Tell("a model's name with signs in it stands in quotes",
                    $"write `with model \"{CallOption.ModelIn(at.LineFrom(at.Position - at.Before.Length + model))}\"`")
                : null),
        OfOption("call: settings of a run", "parallel temperature max_tokens timeout retries seed system", (at, option) =>
            at.Tell($"`{option.Word}` is not an option of a call; runs have settings of their own", $"leave it out: {UsageOfOptions}")),
        OfOption("call: an option in signs", "( - {", (at, _) => CallOption.OptionIn(at.Rest) is { } option
            ? at.Tell("options are words behind the prompt", $"write `{option}`")
            : null),
        OfOption("call: so many votes", "", (at, option) =>
            option.Word is [>= '0' and <= '9', ..] && option.Behind.TrimStart().StartsWith("vote", StringComparison.Ordinal)
                ? at.Tell("the number stands behind `votes`", $"write `votes {option.Word}`")
                : null),

        new("call: llm map", Stage, "llm", "\"", at => at.Before.Split(' ')[0] is var word and ("map" or "where")
            ? at.Tell($"`{word}` stands before `llm`", $"write `{word} llm \"…\"`")
            : null),
        new("call: a sign before the prompt", Stage, "llm map reduce where extend", ": {", at => at.Preceding == "llm"
            ? at.Tell($"the prompt follows `llm` without `{at.Word}`", "write `llm \"…\" as text`")
            : null),
        new("call: a comma before options", Stage, "llm map reduce where", ",", at => at.Scan.Open == '\0' && at.Before.Contains('"')
            ? at.Tell("options follow the prompt without a comma", "write `llm \"…\" as number`")
            : null),
        new("call: options before the prompt", Stage, "", "as", at => at.Preceding == "llm"
            ? at.Tell("the prompt stands before its options", "write `llm \"…\" as number`")
            : null),
        new("call: a reply compared", Stage, "where map extend", "=", at => at.Before.StartsWith("llm", StringComparison.Ordinal)
            ? at.Tell("the reply of `llm` is not an operand", "write `| extend x = llm \"…\" | where x == \"yes\"`, or `| where llm \"…\"`")
            : null),

        new("call: reduce with a prompt", StageForm, "reduce", "\" '", at => at.Before.Length == 0
            ? at.Tell("a model reduces by `reduce llm`", $"write `reduce llm {at.RestOfStage}`")
            : null),
        new("call: extend with map", StageForm, "extend", "llm", at => at.Before.EndsWith("= map", StringComparison.Ordinal)
            ? at.Tell("`extend` asks for each item itself", $"write `extend {at.Before.Substring(0, at.Before.Length - 3)}{at.RestOfStage}`")
            : null),
        new("call: not before a call", StageForm, "where filter", "llm", at => at.Preceding == "not"
            ? at.Tell("`not` cannot stand before a call", $"write `| extend is_so = {at.RestOfStage} as bool | where not is_so`")
            : null),
        new("call: summarize with a prompt", StageForm, "summarize summarise aggregate", "\" '", at =>
            at.Tell($"`{at.HeadWord}` takes aggregates, not a prompt", $"write `llm {at.RestOfStage}`")),
        new("call: by before a prompt", StageForm, "", "by", at => at.Preceding is "llm" or "rlm"
            ? at.Tell("a call needs its prompt", $"write `{at.HeadWord} llm \"Summarise.\" {at.RestOfStage}`")
            : null),
        new("call: no prompt", StageForm, "", "", at =>
        {
            if (!at.IsAtEnd || at.Preceding != "llm")
                return null;

            string stage = at.HeadWord is "extend" && at.Before.Length > 3 ? $"extend {at.Before.Substring(0, at.Before.Length - 3).Trim()}" : at.HeadWord;
            return at.Tell("a call needs its prompt", at.HeadWord == "llm" ? "write `llm \"…\"`" : $"write `{stage} llm \"…\"`");
        }),
        new("call: a prompt without quotes", StageForm, "llm map reduce where filter", "", at =>
            (at.IsWord || at.Word is "?" or "." or "'") && BarePrompt.Match(at.Before + " " + at.Rest) is { Success: true, Groups: var bare }
            && (at.HeadWord == "llm" || bare["call"].Value.Length > 0)
                ? at.Tell("a prompt stands in quotes",
                    $"write `{(at.HeadWord == "llm" ? "llm" : $"{at.HeadWord} llm")} \"{bare["prompt"].Value.Replace(" ?", "?").Trim()}\"{bare["rest"].Value}`")
                : null),

        new("call: a column without a sign", Token, "extend", "llm rlm", at => Names.Word(at.Before, 0) == at.Before.Length
            ? at.Tell("`extend` needs `=` between the name and the call", $"write `extend {at.Before} = {at.Rest}`")
            : null),
        new("call: a call in an expression", Token, "", "llm rlm", at => at.Tell("a paid stage may not stand inside an expression",
            "write it as a stage: `… | map llm \"…\"`, `… | extend x = llm \"…\"` or `… | llm \"…\"`")),
    ];

    /// <summary>Where the type of the call begins that the place is in; null where none is told yet.</summary>
    private static int? TypeOf(FailurePlace place)
    {
        int start = place.PromptStart;
        string call = place.Text.Substring(start, place.Position - start);
        return call.IndexOfAny(['"', '\'']) >= 0 && AsType.Match(call) is { Success: true } type && call.IndexOf('|', type.Index) < 0
            ? start + type.Index + type.Length
            : null;
    }

    private static bool IsField(FailurePlace place, int typeStart) => place.Scan.Open == '{' && place.Scan.OpenAt >= typeStart - 1;

    private static Diagnostic? TellLabels(FailurePlace place, int typeStart)
    {
        bool isField = IsField(place, typeStart);
        int colon = isField && place.Position > place.Scan.OpenAt
            ? place.Text.LastIndexOf(':', place.Position - 1, place.Position - place.Scan.OpenAt)
            : -1;
        return !(isField && colon < 0) && ReplyTypeText.LabelsIn(place.LineFrom(colon >= 0 ? colon + 1 : typeStart)) is { } labels
            ? place.Tell(isField ? "labels in a record are texts in brackets" : "labels are texts in brackets", $"write `{(isField ? "" : "as ")}one of {labels}`")
            : null;
    }
}
