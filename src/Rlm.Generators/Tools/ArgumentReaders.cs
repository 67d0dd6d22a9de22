namespace Rlm.Generators.Tools;

/// <summary>The methods of <c>RlmArguments</c>: a file has those that it uses.</summary>
internal static class ArgumentReaders
{
    /// <summary>The methods in order, each with what uses it in turn.</summary>
    // Texts are read as numbers, as the language does where it compares them; a date is in ISO form, for no other order is certain.
    public static readonly (string Name, string[] NeededBy, string Text)[] All =
    [
        ("Find", ["Required"], """
            public static global::System.Text.Json.JsonElement? Find(global::System.Collections.Generic.IReadOnlyList<global::System.Text.Json.JsonElement?> arguments, int index) =>
                index < arguments.Count && arguments[index] is { ValueKind: not (global::System.Text.Json.JsonValueKind.Null or global::System.Text.Json.JsonValueKind.Undefined) } value ? value : null;
            """),
        ("Required", [], """
            public static global::System.Text.Json.JsonElement Required(global::System.Collections.Generic.IReadOnlyList<global::System.Text.Json.JsonElement?> arguments, int index, string name) =>
                Find(arguments, index) ?? throw new global::System.ArgumentException($"`{name}` has no value.");
            """),
        ("Present", ["Field"], """
            public static global::System.Text.Json.JsonElement? Present(global::System.Text.Json.JsonElement value) =>
                value.ValueKind is global::System.Text.Json.JsonValueKind.Null or global::System.Text.Json.JsonValueKind.Undefined ? null : value;
            """),
        ("Field", [], """
            public static global::System.Text.Json.JsonElement Field(global::System.Text.Json.JsonElement value, string name, string field) =>
                FindField(value, name, field) ?? throw new global::System.ArgumentException($"`{name}.{field}` has no value.");

            public static global::System.Text.Json.JsonElement? FindField(global::System.Text.Json.JsonElement value, string name, string field) =>
                value.ValueKind != global::System.Text.Json.JsonValueKind.Object ? throw Wrong(value, name, "a record")
                : value.TryGetProperty(field, out var found) ? Present(found)
                : null;
            """),
        ("Text", ["Char", "Guid", "Uri"], """
            public static string Text(global::System.Text.Json.JsonElement value, string name) => value.ValueKind switch
            {
                global::System.Text.Json.JsonValueKind.String => value.GetString()!,
                global::System.Text.Json.JsonValueKind.Number or global::System.Text.Json.JsonValueKind.True or global::System.Text.Json.JsonValueKind.False => value.GetRawText(),
                _ => throw Wrong(value, name, "a text"),
            };
            """),
        ("Char", [], """
            public static char Char(global::System.Text.Json.JsonElement value, string name) =>
                Text(value, name) is [var only] ? only : throw Wrong(value, name, "one character");
            """),
        ("Guid", [], """
            public static global::System.Guid Guid(global::System.Text.Json.JsonElement value, string name) =>
                global::System.Guid.TryParse(Text(value, name), out var id) ? id : throw Wrong(value, name, "a GUID");
            """),
        ("Uri", [], """
            public static global::System.Uri Uri(global::System.Text.Json.JsonElement value, string name) =>
                global::System.Uri.TryCreate(Text(value, name), global::System.UriKind.RelativeOrAbsolute, out var address) ? address : throw Wrong(value, name, "an address");
            """),
        ("Truth", [], """
            public static bool Truth(global::System.Text.Json.JsonElement value, string name) => value.ValueKind switch
            {
                global::System.Text.Json.JsonValueKind.True => true,
                global::System.Text.Json.JsonValueKind.False => false,
                _ => throw Wrong(value, name, "true or false"),
            };
            """),
        ("Number", ["Whole", "Duration"], """
            public static decimal Number(global::System.Text.Json.JsonElement value, string name)
            {
                if (value.ValueKind == global::System.Text.Json.JsonValueKind.Number && value.TryGetDecimal(out decimal number))
                    return number;
                return value.ValueKind == global::System.Text.Json.JsonValueKind.String
                    && decimal.TryParse(value.GetString(), global::System.Globalization.NumberStyles.AllowLeadingSign | global::System.Globalization.NumberStyles.AllowDecimalPoint, global::System.Globalization.CultureInfo.InvariantCulture, out number)
                    ? number
                    : throw Wrong(value, name, "a number");
            }
            """),
        ("Whole", [], """
            public static decimal Whole(global::System.Text.Json.JsonElement value, string name, decimal least, decimal most)
            {
                decimal number = Number(value, name);
                return number == decimal.Truncate(number) && number >= least && number <= most
                    ? number
                    : throw Wrong(value, name, global::System.FormattableString.Invariant($"a whole number from {least} to {most}"));
            }
            """),
        ("Duration", [], """
            public static global::System.TimeSpan Duration(global::System.Text.Json.JsonElement value, string name)
            {
                if (value.ValueKind == global::System.Text.Json.JsonValueKind.String
                    && global::System.TimeSpan.TryParseExact(value.GetString(), "c", global::System.Globalization.CultureInfo.InvariantCulture, out var duration))
                {
                    return duration;
                }

                decimal seconds = Number(value, name);
                return seconds is > -922337203685m and < 922337203685m
                    ? global::System.TimeSpan.FromTicks((long)(seconds * global::System.TimeSpan.TicksPerSecond))
                    : throw Wrong(value, name, "a duration in seconds");
            }
            """),
        ("Date", [], """
            public static global::System.DateTimeOffset Date(global::System.Text.Json.JsonElement value, string name) =>
                value.ValueKind == global::System.Text.Json.JsonValueKind.String
                && value.GetString() is { Length: >= 10 } text && text[4] == '-' && text[7] == '-'
                && global::System.DateTimeOffset.TryParse(text, global::System.Globalization.CultureInfo.InvariantCulture, global::System.Globalization.DateTimeStyles.AssumeUniversal, out var date)
                    ? date
                    : throw Wrong(value, name, "a date such as 2026-03-01");
            """),
        ("Items", [], """
            public static global::System.Collections.Generic.List<T> Items<T>(
                global::System.Text.Json.JsonElement value, string name, global::System.Func<global::System.Text.Json.JsonElement, string, T> read)
            {
                if (value.ValueKind != global::System.Text.Json.JsonValueKind.Array)
                    throw Wrong(value, name, "a list");

                var items = new global::System.Collections.Generic.List<T>(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    items.Add(read(item, name));
                return items;
            }
            """),
        ("Entries", [], """
            public static global::System.Collections.Generic.Dictionary<TKey, TValue> Entries<TKey, TValue>(
                global::System.Text.Json.JsonElement value, string name,
                global::System.Func<global::System.Text.Json.JsonElement, string, TKey> readKey,
                global::System.Func<global::System.Text.Json.JsonElement, string, TValue> readValue)
                where TKey : notnull
            {
                var entries = new global::System.Collections.Generic.Dictionary<TKey, TValue>();
                if (value.ValueKind == global::System.Text.Json.JsonValueKind.Object)
                {
                    foreach (var property in value.EnumerateObject())
                        Add(global::System.Text.Json.JsonElement.Parse("\"" + global::System.Text.Json.JsonEncodedText.Encode(property.Name) + "\""), property.Value);
                    return entries;
                }

                if (value.ValueKind != global::System.Text.Json.JsonValueKind.Array)
                    throw Wrong(value, name, "rows with `key` and `value`");

                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind != global::System.Text.Json.JsonValueKind.Object
                        || !item.TryGetProperty("key", out var key) || !item.TryGetProperty("value", out var held))
                    {
                        throw Wrong(item, name, "rows with `key` and `value`");
                    }

                    Add(key, held);
                }

                return entries;

                void Add(global::System.Text.Json.JsonElement key, global::System.Text.Json.JsonElement held)
                {
                    if (!entries.TryAdd(readKey(key, name), readValue(held, name)))
                        throw Wrong(key, name, "each key once");
                }
            }
            """),
        ("Wrong", ["Field", "Text", "Char", "Guid", "Uri", "Truth", "Number", "Whole", "Duration", "Date", "Items", "Entries"], """
            private static global::System.ArgumentException Wrong(global::System.Text.Json.JsonElement value, string name, string wanted)
            {
                string found = value.ValueKind == global::System.Text.Json.JsonValueKind.Undefined ? "nothing" : value.GetRawText();
                return new global::System.ArgumentException($"`{name}` takes {wanted}, not {(found.Length <= 40 ? found : found.Substring(0, 40) + "…")}.");
            }
            """),
    ];
}
