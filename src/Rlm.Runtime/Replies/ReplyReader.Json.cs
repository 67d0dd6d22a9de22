using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Replies;

/// <summary>Records and lists, which are JSON, or lines where a list was written so.</summary>
internal sealed partial class ReplyReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private ReplyReading ReadJson(RlmType type, string reply)
    {
        string text = ReplyWrapping.Json(reply);
        var list = type.Required as ListType;
        if (list is not null && text is not ['[' or '{', ..])
            return ReadLines(list, ReplyWrapping.StripFence(text));
        if (text is not ['{' or '[', ..] || text is ['{', ..] && !text.Contains('}', StringComparison.Ordinal))
            return ReplyReading.MakeWrong($"`{ShowStart(text)}` is not a JSON {(list is not null ? "array" : "object")}");

        try
        {
            using var document = JsonDocument.Parse(list is not null && AreObjectLines(text)
                ? $"[{string.Join(',', text.Split('\n').Select(line => line.Trim().TrimEnd(',')))}]"
                : text, Lenient);
            return ReadElement(type, Unwrap(type.Required, document.RootElement), "the reply");
        }
        catch (InvalidOperationException)
        {
            return ReplyReading.MakeWrong("it is not valid JSON (a string is not valid Unicode)");
        }
        catch (JsonException exception)
        {
            return ReplyReading.MakeWrong($"it is not valid JSON ({exception.Message.Split('.')[0]})");
        }
    }

    /// <summary>Whether each of several lines is an object, as in JSON lines.</summary>
    private static bool AreObjectLines(string text) =>
        text[0] == '{' && text.Contains('\n', StringComparison.Ordinal)
            && text.Split('\n').All(line => line.Trim() is ['{', .., '}'] or ['{', .., '}', ',']);

    /// <summary>The list in an object that has nothing else, and the object in a list or an object that has nothing else.</summary>
    private static JsonElement Unwrap(RlmType type, JsonElement root)
    {
        if (type is ListType)
            return root.ValueKind == JsonValueKind.Object
                && root.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.Array } only] ? only.Value : root;
        if (root.ValueKind == JsonValueKind.Array)
            return root.GetArrayLength() == 1 ? root[0] : root;
        return root.ValueKind == JsonValueKind.Object
            && root.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.Object } inner]
            && !HasField((RecordType)type, inner.Name) ? inner.Value : root;
    }

    /// <summary>
    /// A list that was written as bullets, one line each, or as lines that each are of a closed type; a sentence is not a list.
    /// </summary>
    private ReplyReading ReadLines(ListType type, string text)
    {
        if (IsNone(text.Trim()))
            return ReplyReading.Of(ListValue.Of([]));

        string[] lines = [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        bool areBullets = lines.All(line => Bullet.IsMatch(line)), isOpen = type.Item.Required == RlmType.Text
            || type.Item.Required is RecordType or ListType;
        if (lines.Length == 0 || !areBullets && isOpen)
            return ReplyReading.MakeWrong($"`{ShowStart(text)}` is not a JSON array");

        var values = new List<Value>();
        foreach (string line in lines)
        {
            var reading = Read(type.Item, areBullets ? Bullet.Replace(line, "") : line);
            if (reading.Value is null)
                return reading;
            values.Add(reading.Value);
        }

        return ReplyReading.Of(ListValue.Of([.. values]));
    }

    private ReplyReading ReadElement(RlmType type, JsonElement element, string place)
    {
        // What a host gives is not written by a model: a text is as it is, even if it says `none` or nothing.
        if (isHost && element.ValueKind == JsonValueKind.String && type.Required == RlmType.Text)
            return ReplyReading.Of(new TextValue(element.GetString()!));

        if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            || (!isHost && element.ValueKind == JsonValueKind.String && type is OptionalType && IsNone(type.Required, element.GetString()!)))
        {
            return type is OptionalType || type == RlmType.None ? ReplyReading.Of(NoneValue.Instance) : ReplyReading.MakeWrong($"{place} is missing");
        }

        switch (type.Required)
        {
            case RecordType record:
                return element.ValueKind == JsonValueKind.Object
                    ? ReadRecord(record, element, place)
                    : ReplyReading.MakeWrong($"{place} is not an object");

            case ListType list:
                return element.ValueKind == JsonValueKind.Array
                    ? ReadList(list, element, place)
                    : ReplyReading.MakeWrong($"{place} is not an array");

            default:
                if (element.ValueKind is JsonValueKind.Object or JsonValueKind.Array && type.Required != RlmType.Text)
                    return ReplyReading.MakeWrong($"{place} is more than one value");
                string text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
                var reading = ReadScalar(type, text.Trim());
                return reading.Problem is null ? reading : ReplyReading.MakeWrong($"{place}: {reading.Problem}");
        }
    }

    private ReplyReading ReadRecord(RecordType type, JsonElement element, string place)
    {
        var properties = element.EnumerateObject().ToArray();
        if (properties.Length > 0 && !Array.Exists(properties, property => HasField(type, property.Name)))
            return ReplyReading.MakeWrong($"{place} has none of the fields");

        var values = new Value[type.Fields.Count];
        for (int i = 0; i < values.Length; i++)
        {
            var field = type.Fields[i];
            var named = Array.FindAll(properties, property => property.Name == field.Name);
            if (named.Length == 0)
                named = Array.FindAll(properties, property => string.Equals(property.Name, field.Name, StringComparison.OrdinalIgnoreCase));
            if (named.DistinctBy(property => property.Value.GetRawText()).Count() > 1)
                return ReplyReading.MakeWrong($"`{field.Name}` is given twice");

            var reading = ReadElement(field.Type, named.Length == 0 ? default : named[0].Value, $"`{field.Name}`");
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

    private static bool HasField(RecordType type, string name) =>
        type.Fields.Any(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^([-*•]|\d+[.)])\s+(?=\S)")]
    private static partial Regex Bullet { get; }
}
