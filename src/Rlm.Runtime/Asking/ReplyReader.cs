using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>Reads a model's reply as a value of a type. Nothing is made up: what does not fit is a problem, and missing is none only where the type allows it.</summary>
internal sealed partial class ReplyReader(TextValue? source)
{
    private const int MaxShownChars = 80;

    /// <summary>One value for each label, however many rows have it.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, TextValue[]> LabelValues = [];

    private QuoteFinder? _quotes;

    public static ReplyReading Read(RlmType type, string reply, TextValue? source) => new ReplyReader(source).Read(type, reply);

    /// <summary>Reads what a tool gave; undefined is none.</summary>
    public static ReplyReading Read(RlmType type, JsonElement element) => new ReplyReader(null).ReadElement(type, element, "the result");

    private ReplyReading Read(RlmType type, string reply)
    {
        string text = Unfenced(reply).Trim();
        if (type is OptionalType && IsNone(text) && !(type.Required is LabelType { Labels: { } labels } && labels.Any(IsNone)))
            return ReplyReading.Of(NoneValue.Instance);

        return type.Required switch
        {
            RecordType or ListType => ReadJson(type, text),
            _ => ReadScalar(type, text),
        };
    }

    private ReplyReading ReadScalar(RlmType type, string text)
    {
        var required = type.Required;
        if (required is LabelType label)
            return ReadLabel(label, text);

        if (text.Length == 0)
            return ReplyReading.Wrong("the reply was empty");

        if (required == RlmType.Number)
            return ReadNumber(text);

        if (required == RlmType.Bool)
            return ReadBool(text);

        if (required == RlmType.Date)
            return Reading.AsDate(new TextValue(Unquoted(text))) is { } date ? ReplyReading.Of(date) : ReplyReading.Wrong($"`{Shown(text)}` is no date");

        return required == RlmType.Quote ? (_quotes ??= new QuoteFinder(source)).Find(Unquoted(text)) : ReplyReading.Of(new TextValue(text));
    }

    private static ReplyReading ReadLabel(LabelType type, string text)
    {
        var labels = type.Labels ?? [];
        string bare = Bare(text);
        string? found = labels.FirstOrDefault(label => label == Unquoted(text))
            ?? labels.FirstOrDefault(label => Bare(label) == bare)
            ?? labels.FirstOrDefault(label => string.Equals(Bare(label), bare, StringComparison.OrdinalIgnoreCase))
            ?? OnlyMentioned(labels, text);
        return found is null
            ? ReplyReading.Wrong($"`{Shown(text)}` is none of the labels")
            : ReplyReading.Of(LabelValues.GetValue(labels, static labels => [.. labels.Select(label => new TextValue(label) { Domain = labels })]).First(value => value.ToString() == found));
    }

    /// <summary>The one label that a sentence names, as in "The label is spam"; null where it names none or several.</summary>
    private static string? OnlyMentioned(IReadOnlyList<string> labels, string text)
    {
        // A label inside a longer one that is named too, such as "spam" in "not spam", is not meant.
        string[] named = [.. labels.Where(label => label.Length > 0 && Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(label)}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))];
        string[] longest = [.. named.Where(label => !named.Any(other => other.Length > label.Length && other.Contains(label, StringComparison.OrdinalIgnoreCase)))];
        return longest.Length == 1 && !Negation().IsMatch(text.Replace(longest[0], "", StringComparison.OrdinalIgnoreCase)) ? longest[0] : null;
    }

    private static string Bare(string label) => Unquoted(label.Trim().Trim('*')).TrimEnd('.', '!', ',', ';').Trim();

    private static ReplyReading ReadNumber(string text)
    {
        if (Reading.AsNumber(new TextValue(Unquoted(text))) is { } number)
            return ReplyReading.Of(new NumberValue(number));

        var numbers = NumberInText().Matches(text);
        return numbers.Count == 1 && Reading.AsNumber(new TextValue(numbers[0].Value)) is { } only
            ? ReplyReading.Of(new NumberValue(only))
            : ReplyReading.Wrong($"`{Shown(text)}` is not one number");
    }

    private static ReplyReading ReadBool(string text)
    {
        string first = FirstWord().Match(text).Value.ToLowerInvariant();
        return first switch
        {
            "true" or "yes" => ReplyReading.Of(BoolValue.True),
            "false" or "no" => ReplyReading.Of(BoolValue.False),
            _ => OnlyMentioned(["true", "false", "yes", "no"], text) switch
            {
                "true" or "yes" => ReplyReading.Of(BoolValue.True),
                "false" or "no" => ReplyReading.Of(BoolValue.False),
                _ => ReplyReading.Wrong($"`{Shown(text)}` is neither true nor false"),
            },
        };
    }

    private ReplyReading ReadJson(RlmType type, string text)
    {
        if (type.Required is ListType { Item: var item } && item.Required is not (RecordType or ListType) && !text.Contains('[', StringComparison.Ordinal))
            return ReadLines(item, text);

        (char open, char close) = type.Required is ListType ? ('[', ']') : ('{', '}');
        int start = text.IndexOf(open, StringComparison.Ordinal), end = text.LastIndexOf(close);
        if (start < 0 || end < start)
            return ReplyReading.Wrong($"`{Shown(text)}` is no JSON {(open == '[' ? "array" : "object")}");

        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(start, end - start + 1), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return ReadElement(type, document.RootElement, "the reply");
        }
        catch (InvalidOperationException)
        {
            return ReplyReading.Wrong("it is no valid JSON (a string is no valid Unicode)");
        }
        catch (JsonException exception)
        {
            return ReplyReading.Wrong($"it is no valid JSON ({exception.Message.Split('.')[0]})");
        }
    }

    /// <summary>A list that was written as lines or bullets.</summary>
    private ReplyReading ReadLines(RlmType item, string text)
    {
        var values = new List<Value>();
        foreach (string line in text.Split('\n'))
        {
            string bare = Bullet().Replace(line, "").Trim();
            if (bare.Length == 0 || IsNone(bare))
                continue;

            var reading = Read(item, bare);
            if (reading.Value is null)
                return reading;
            values.Add(reading.Value);
        }

        return ReplyReading.Of(ListValue.Of([.. values]));
    }

    private ReplyReading ReadElement(RlmType type, JsonElement element, string place)
    {
        if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            || (element.ValueKind == JsonValueKind.String && type is OptionalType && IsNone(element.GetString()!)))
        {
            return type is OptionalType ? ReplyReading.Of(NoneValue.Instance) : ReplyReading.Wrong($"{place} is missing");
        }

        switch (type.Required)
        {
            case RecordType record:
                return element.ValueKind == JsonValueKind.Object ? ReadRecord(record, element) : ReplyReading.Wrong($"{place} is no object");

            case ListType list:
                return element.ValueKind == JsonValueKind.Array ? ReadList(list, element, place) : ReplyReading.Wrong($"{place} is no array");

            default:
                string text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
                var reading = ReadScalar(type, text.Trim());
                return reading.Problem is null ? reading : ReplyReading.Wrong($"{place}: {reading.Problem}");
        }
    }

    private ReplyReading ReadRecord(RecordType type, JsonElement element)
    {
        var values = new Value[type.Fields.Count];
        for (int i = 0; i < values.Length; i++)
        {
            var field = type.Fields[i];
            if (!element.TryGetProperty(field.Name, out var property))
                property = element.EnumerateObject().FirstOrDefault(other => string.Equals(other.Name, field.Name, StringComparison.OrdinalIgnoreCase)).Value;

            var reading = ReadElement(field.Type, property, $"`{field.Name}`");
            if (reading.Value is null)
                return reading;
            values[i] = reading.Value;
        }

        return ReplyReading.Of(new RecordValue(new RecordShape([.. type.Fields.Select(field => field.Name)]), values, source));
    }

    private ReplyReading ReadList(ListType type, JsonElement element, string place)
    {
        var values = new List<Value>();
        foreach (var entry in element.EnumerateArray())
        {
            var reading = ReadElement(type.Item, entry, $"item {values.Count + 1} of {place}");
            if (reading.Value is null)
                return reading;
            values.Add(reading.Value);
        }

        return ReplyReading.Of(ListValue.Of([.. values]));
    }

    private static bool IsNone(string text) => Unquoted(text).TrimEnd('.').ToLowerInvariant() is "none" or "null" or "n/a";

    /// <summary>The inside of a reply that is one fenced block.</summary>
    private static string Unfenced(string reply) => reply.Contains("```", StringComparison.Ordinal) && Fence().Match(reply) is { Success: true } fence ? fence.Groups["inside"].Value : reply;

    private static string Unquoted(string text) => text.Length > 1 && (text[0], text[^1]) is ('"', '"') or ('\'', '\'') or ('`', '`') or ('“', '”') ? text[1..^1].Trim() : text;

    private static string Shown(string text) => text.ReplaceLineEndings(" ") is var line && line.Length > MaxShownChars ? $"{line[..MaxShownChars]}…" : line;

    [GeneratedRegex(@"^\s*```\w*\s*\n(?<inside>[\s\S]*?)\n?```\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"[-+]?\d[\d,_]*(\.\d+)?")]
    private static partial Regex NumberInText();

    [GeneratedRegex(@"[A-Za-z]+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^\s*([-*•]|\d+[.)])\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"\b(not|neither|nor|isn't)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();
}
