using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Dsl.Types;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// A reply about several rows that was written as JSON: an array of as many, objects that each name their row, or
/// an object with a field for each row.
/// </summary>
internal static partial class PackedJson
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Whether the reply is JSON; the replies are empty where they are not one for each row.</summary>
    public static bool TryRead(string reply, int rows, RlmType type, out IReadOnlyDictionary<int, string> read)
    {
        string text = ReplyWrapping.Json(reply);
        read = new Dictionary<int, string>();
        if (text is not ['{' or '[', ..] || Parse(text) is not { } parsed)
            return false;

        using var document = parsed;
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.Array } only])
            root = only.Value;

        (int Number, string Text)[]? replies;
        try
        {
            replies = root.ValueKind == JsonValueKind.Object ? OfFields(root) : OfItems([.. root.EnumerateArray()], type, rows);
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid Unicode.
            return true;
        }

        if (replies?.Length == rows && replies.Select(row => row.Number).Order().SequenceEqual(Enumerable.Range(1, rows)))
            read = replies.ToDictionary(row => row.Number, row => row.Text);
        return true;
    }

    /// <summary>The document, one object a line or not; null for what is not JSON.</summary>
    private static JsonDocument? Parse(string text)
    {
        try
        {
            string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            bool areObjects = lines.Length > 1 && Array.TrueForAll(lines, static line => line is ['{', .., '}'] or ['{', .., '}', ',']);
            return JsonDocument.Parse(areObjects ? $"[{string.Join(',', lines.Select(static line => line.TrimEnd(',')))}]" : text, Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Fields that are named by the rows' numbers; null where one is not.</summary>
    private static (int, string)[]? OfFields(JsonElement root)
    {
        var rows = new List<(int, string)>();
        foreach (var field in root.EnumerateObject())
        {
            if (NumberIn(field.Name) is not { } number)
                return null;
            rows.Add((number, TextOf(field.Value)));
        }

        return [.. rows];
    }

    private static (int, string)[]? OfItems(JsonElement[] items, RlmType type, int rows)
    {
        if (items.Length != rows)
            return null;

        bool areStrings = Array.TrueForAll(items, static item => item.ValueKind == JsonValueKind.String);
        if (areStrings && PackedReply.ReadLines(string.Join('\n', items.Select(item => item.GetString())), rows) is { Count: > 0 } numbered
            && numbered.Count == rows)
            return [.. numbered.Select(static row => (row.Key, row.Value))];

        string? id = IdOf(items, type);
        return id is null
            ? [.. items.Select(static (item, index) => (index + 1, TextOf(item)))]
            : [.. items.Select(
                item => (item.TryGetProperty(id, out var number) ? NumberIn(TextOf(number)) ?? 0 : 0, ValueOf(item, id, type)))];
    }

    /// <summary>The field that gives each object's row, unless it is one of the reply's own; null where there is none.</summary>
    private static string? IdOf(JsonElement[] items, RlmType type)
    {
        if (!Array.TrueForAll(items, static item => item.ValueKind == JsonValueKind.Object))
            return null;

        return items.SelectMany(static item => item.EnumerateObject()).Select(static field => field.Name)
            .FirstOrDefault(name => IdName.IsMatch(name)
            && !(type.Required is RecordType record
                && record.Fields.Any(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>
    /// What an object says beside its row: the only other field, or the object where the reply is a record or there are several.
    /// </summary>
    private static string ValueOf(JsonElement item, string id, RlmType type) =>
        item.EnumerateObject().Where(field => field.Name != id).ToArray() is [var only]
            && (type.Required is not RecordType || only.Value.ValueKind == JsonValueKind.Object)
            ? TextOf(only.Value)
            : item.GetRawText();

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static int? NumberIn(string text) =>
        RowName.Match(text.Trim()) is { Success: true } name && int.TryParse(
            name.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex("^(id|row|number|index|item|line|no|nr|n|i|#|row[_ ]?(id|number|index)|item[_ ]?(id|number))$", RegexOptions.IgnoreCase)]
    private static partial Regex IdName { get; }

    [GeneratedRegex(@"^(row|item|line)?[ _]?#?\[?(?<number>[0-9]+)\]?$", RegexOptions.IgnoreCase)]
    private static partial Regex RowName { get; }
}
