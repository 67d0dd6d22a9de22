using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Parsing;

internal static partial class MisreadForm
{
    private const string Label = "(?<label>\"[^\"\\n]*\"|'[^'\\n]*'|(?!or\\b)[\\w-]+)";

    /// <summary>Two labels or more, with whatever words and signs other languages put around and between them.</summary>
    private static readonly Regex Labels = new(
        $"^(?:(?:in|from|one of|(?<head>\\w+))\\b(?: the \\w+)?[\\s:]*)?[\\[({{]?\\s*{Label}(?:\\s*(?:,|\\||/|\\bor\\b)\\s*{Label})+", RegexOptions.CultureInvariant);

    private const string UsageOfOptions = "there are `as TYPE`, `pack N`, `votes N`, `with model \"NAME\"` and `or skip`";

    private static readonly Regex AsType = new("\\bas\\b[\\s:=]*", RegexOptions.RightToLeft | RegexOptions.CultureInvariant);

    private static readonly Regex Amount = new("^\\W*(?<n>\\d+)", RegexOptions.CultureInvariant);

    private static readonly Regex TypeFieldForm = new("^\\s*[\"']?(?<name>\\w+)[\"']?\\s*(?<optional>\\??)\\s*(?:[:=]\\s*[\"']?(?<type>[^\"']+?)[\"']?\\s*)?$", RegexOptions.CultureInvariant);

    /// <summary>What is written behind a call's prompt: a type or an option in another form.</summary>
    private static Diagnostic? OfCall(FailurePlace place)
    {
        int start = place.Text.LastIndexOf("llm", Math.Min(place.Position, place.Text.Length - 1), StringComparison.Ordinal);
        if (start < place.StatementStart || place.Position <= start + 3)
            return null;

        string call = place.Text.Substring(start, place.Position - start);
        if (place.Word == "," && place.Scan.Open == '(' && QuotedAt(LineFrom(place, place.Scan.OpenAt), 0) is { } prompt)
            return At(place, "a call takes its prompt alone; what it is about comes in by the pipe", $"write `llm \"{prompt.Text}\"`");
        if (call.IndexOfAny(['"', '\'']) < 0)
            return null;

        return AsType.Match(call) is { Success: true } type && call.IndexOf('|', type.Index) < 0
            ? OfTypeText(place, start + type.Index + type.Length) ?? OfOption(place)
            : OfOption(place);
    }

    private static Diagnostic? OfTypeText(FailurePlace place, int typeStart)
    {
        bool isField = place.Scan.Open == '{' && place.Scan.OpenAt >= typeStart - 1;
        int colon = isField && place.Position > place.Scan.OpenAt ? place.Text.LastIndexOf(':', place.Position - 1, place.Position - place.Scan.OpenAt) : -1;
        int start = colon >= 0 ? colon + 1 : typeStart;
        if (LabelsIn(LineFrom(place, start)) is { } labels && !(isField && colon < 0))
        {
            return At(place, isField ? "labels in a record are texts in brackets" : "labels are texts in brackets",
                $"write `{(isField ? "" : "as ")}one of {labels}`");
        }

        return isField && RecordIn(LineFrom(place, place.Scan.OpenAt + 1)) is { } record ? At(place, "each field of a record has a type behind `:`", $"write `as {record}`") : null;
    }

    /// <summary>An option that is called or written differently elsewhere.</summary>
    private static Diagnostic? OfOption(FailurePlace place)
    {
        if (place.IsAtEnd)
            return null;

        string rest = place.Rest, word = place.Word.ToLowerInvariant(), behind = rest.Substring(place.Word.Length);
        string amount = Amount.Match(behind) is { Success: true } number ? number.Groups["n"].Value : "50";
        switch (word)
        {
            case "in" or "from" or "one" when LabelsIn(rest) is { } labels:
                return At(place, "the labels of a reply follow `as`", $"write `as one of {labels}`");
            case not "" when TypeSynonyms.OpensLabels(word) && LabelsIn(rest) is { } labels:
                return At(place, "the labels of a reply follow `as`", $"write `as one of {labels}`");
            case "-" or ":" or "returns" or "return" or "returning" or "type" or "format" or "into" or "to" when TypeAt(behind) is { } type:
                return At(place, "the type of a reply follows `as`", $"write `as {type}`");
            case "pack" or "votes" or "as" when place.Preceding == "with":
                return At(place, $"`{word}` stands without `with`", word == "as" ? "write `as text`" : $"write `{word} {amount}`");
            case "batch" or "batch_size" or "batchsize" or "batches" or "rows" or "per":
                return At(place, "many items are asked in one call by `pack`", $"write `pack {amount}`");
            case "between" or "range" when TypeAt(place.Preceding) is { } ranged:
                return At(place, "a type has no range", $"write `as {ranged}`, and tell the range in the prompt");
            case "all" when place.Preceding == "pack":
                return At(place, "`pack` takes a number, or `auto`", "write `pack auto`");
            case "vote" or "runs" or "samples" or "times":
                return At(place, "a question is asked several times by `votes`", $"write `votes {(amount == "50" ? "3" : amount)}`");
            case "on" or "else" or "default" or "otherwise" or "fallback" or "if":
                return At(place, "what stands for a failed item follows `or`", $"write `or {FallbackIn(behind)}`");
            case "true" or "false" when place.Preceding == "or":
                return At(place, "`or` takes `fail`, `skip`, `none`, a text or a number", $"write `or \"{word}\"`");
            case "model" or "using":
                return At(place, "a model is chosen by `with model`", $"write `with model \"{ModelIn(rest)}\"`");
            case "-" or "." or ":" or "/" when place.Before.LastIndexOf("with model ", StringComparison.Ordinal) is var model and >= 0:
                return At(place, "a model's name with signs in it stands in quotes", $"write `with model \"{ModelIn(LineFrom(place, place.Position - place.Before.Length + model))}\"`");
            case "parallel" or "temperature" or "max_tokens" or "timeout" or "retries" or "seed" or "system":
                return At(place, $"`{word}` is not an option of a call; runs have settings of their own", $"leave it out: {UsageOfOptions}");
            case "(" or "-" or "{" when OptionIn(rest) is { } option:
                return At(place, "options are words behind the prompt", $"write `{option}`");
            case not "" when char.IsDigit(word[0]) && behind.TrimStart().StartsWith("vote", StringComparison.Ordinal):
                return At(place, "the number stands behind `votes`", $"write `votes {word}`");
            default:
                return null;
        }
    }

    private static string? LabelsIn(string text)
    {
        var match = Labels.Match(text.TrimStart());
        string[] labels = [.. match.Groups["label"].Captures.Cast<Capture>().Select(capture => capture.Value.Trim('"', '\''))];
        bool isKnownHead = !match.Groups["head"].Success || TypeSynonyms.OpensLabels(match.Groups["head"].Value);
        return match.Success && isKnownHead && !labels.Any(label => label is "fail" or "skip" or "none" or "null" || RlmType.Named(TypeSynonyms.Canonical(label)) is not null)
            ? $"[{string.Join(", ", labels.Select(label => $"\"{label}\""))}]"
            : null;
    }

    /// <summary>A record's fields written again, each with a type; null where they cannot be told.</summary>
    private static string? RecordIn(string text)
    {
        int end = text.IndexOf('}');
        string[] fields = (end < 0 ? text : text.Substring(0, end)).Split([',', ';'], StringSplitOptions.RemoveEmptyEntries);
        Match[] matches = [.. fields.Where(field => field.Trim().Length > 0).Select(field => TypeFieldForm.Match(field))];
        return matches.Length > 0 && matches.All(match => match.Success)
            ? $"{{{string.Join(", ", matches.Select(match => $"{match.Groups["name"].Value}: {TypeAt(match.Groups["type"].Value) ?? "text"}{match.Groups["optional"].Value}"))}}}"
            : null;
    }

    /// <summary>The type that the first word names.</summary>
    private static string? TypeAt(string text)
    {
        string word = text.TrimStart(' ', '>', ':', '=', '"').Split(' ', '|', '"', ',', '?')[0];
        string type = TypeSynonyms.Canonical(word);
        return RlmType.Named(type) is null ? null : type;
    }

    private static string FallbackIn(string text)
    {
        string value = text.Replace("error", "").Replace("failure", "").Replace("fails", "").TrimStart(' ', ':', '=').Split(' ', '|', ',')[0];
        return value switch
        {
            "skip" or "fail" or "none" => value,
            "null" => "none",
            _ when value.Length > 0 && (value[0] == '"' ? value.Length > 1 && value[value.Length - 1] == '"' : value.All(char.IsDigit)) => value,
            _ => "skip",
        };
    }

    private static string ModelIn(string text)
    {
        string name = text.Split('|')[0].Replace("using", "").Replace("with model", "").Replace("model", "").TrimStart(' ', ':', '=').Split(' ', ',')[0].Trim('"', '\'');
        return name.Length > 0 ? name : "NAME";
    }

    private static string? OptionIn(string text)
    {
        string[] words = text.Split('|')[0].Trim('(', ')', '{', '}', '-', ' ').Split([' ', '=', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && words[0] is "pack" or "votes" or "as" ? $"{words[0]} {words[1].TrimEnd(',')}" : null;
    }

    private static string LineFrom(FailurePlace place, int start)
    {
        int end = place.Text.IndexOf('\n', Math.Min(start, place.Text.Length));
        return end < 0 ? place.Text.Substring(start) : place.Text.Substring(start, end - start);
    }
}
