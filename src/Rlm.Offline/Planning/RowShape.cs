using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Dsl.Text;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Planning;

/// <summary>How the rows of a variable are laid out, told from the preview, and the pipeline that reads them.</summary>
/// <param name="Rows">The pipeline.</param>
/// <param name="Fields">The columns.</param>
/// <param name="Head">A regex for what stands before a log line's level.</param>
/// <param name="Records">A regex for the lines that open records of several lines, such as <c>===== mail 001 =====</c>.</param>
internal sealed partial record RowShape(string Rows, IReadOnlyList<Field> Fields, string? Head = null, string? Records = null)
{
    private const string PathPattern = @"(?:GET|POST|PUT|PATCH|DELETE|HEAD) (?<path>\/\S*)";

    public static RowShape Of(Card card)
    {
        List<string> lines = [.. card.Preview.Where(static l => l.Trim().Length > 0).Take(200)];
        if (card.Type.Contains("doc", StringComparison.Ordinal) || lines.Count == 0)
            return ReadPlain(card);
        RowShape shape = ReadJsonLines(card, lines) ?? ReadTemplate(card, lines) ?? ReadLog(card, lines) ?? ReadCsv(card, lines)
            ?? ReadHeaders(card, lines) ?? ReadPlain(card);
        string? opener = lines.Find(static l => RecordOpener.IsMatch(l));
        return opener is null ? shape
            : shape with
            {
                Records = string.Join(
                @"\d+", Digits.Split(opener).Select(static part => ProgramText.Escape(part, isFolded: false)))
            };
    }

    public Field? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    private static RowShape ReadPlain(Card card) => new(card.IsText ? $"{card.Name} | lines" : card.Name, []);

    private static RowShape? ReadJsonLines(Card card, List<string> lines)
    {
        Dictionary<string, List<string>> values = [];
        foreach (string line in lines.Where(static l => l.StartsWith('{')))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                foreach (JsonProperty property in document.RootElement.EnumerateObject().Where(static p => Identifier.IsMatch(p.Name)))
                {
                    if (!values.TryGetValue(property.Name, out List<string>? seen))
                        values[property.Name] = seen = [];
                    seen.Add(property.Value.ToString());
                }
            }
            catch (JsonException)
            {
                // A preview line may be cut; the others show the fields.
            }
        }

        return values.Count == 0
            ? null
            : new RowShape($"{card.Name} | parse jsonl", [.. values.Select(static v => Field.Of(v.Key, v.Value))]);
    }

    private static RowShape? ReadTemplate(Card card, List<string> lines)
    {
        foreach (string separator in new[] { " || ", " | ", "\t", "; " })
        {
            List<string[]> rows = [.. lines.Select(l => l.Split(separator))
                .Where(static r => r.Length > 1 && Array.TrueForAll(r, static c => Labelled.IsMatch(c)))];
            if (rows.Count == 0 || 2 * rows.Count < lines.Count)
                continue;

            string[] labels = [.. rows[0].Select(static c => Labelled.Match(c).Groups[1].Value)];
            rows = [.. rows.Where(r => r.Length == labels.Length)];
            List<Field> fields =
                [.. labels.Select((label, i) => Field.Of(Name(label), rows.Select(r => Labelled.Match(r[i]).Groups[2].Value)))];
            string template = string.Join(separator, labels.Select((label, i) => $"{label}: {{{fields[i].Name}}}"));
            return new RowShape($"{card.Name} | extract \"{template.Replace("\t", "\\t", StringComparison.Ordinal)}\"{As(fields)}", fields);
        }

        return null;
    }

    private static RowShape? ReadLog(Card card, List<string> lines)
    {
        List<Match> heads = [.. lines.Select(static l => LogHead.Match(l)).Where(static m => m.Success)];
        List<string> keys = [.. lines.SelectMany(static l => Pair.Matches(l)).GroupBy(static m => m.Groups[1].Value)
            .Where(g => 2 * g.Count() >= lines.Count).Select(static g => g.Key).Where(static k => !Names.Reserved.Contains(k))];
        bool hasHead = 2 * heads.Count >= lines.Count;
        if (!hasHead && keys.Count == 0)
            return null;

        List<Field> fields = [];
        if (hasHead)
        {
            fields.Add(new Field("time", "date", [.. heads.Select(static m => m.Groups["time"].Value)]));
            fields.Add(Field.Of("level", heads.Select(static m => m.Groups["level"].Value)));
        }

        foreach (string key in keys)
        {
            fields.Add(Field.Of(key, lines.SelectMany(static l => Pair.Matches(l)).Where(m => m.Groups[1].Value == key)
                .Select(static m => Number.Match(m.Groups[2].Value) is { Success: true } n ? n.Groups[1].Value : m.Groups[2].Value)));
        }

        AddPath(fields, lines);
        string? head = hasHead ? (heads[0].Groups["time"].Value.Contains(' ', StringComparison.Ordinal) ? @"\S+ \S+" : @"\S+") : null;
        return new RowShape(card.Name, fields, head ?? "");
    }

    /// <summary>The path of a web request stands without a name; it goes before the pairs that follow it.</summary>
    private static void AddPath(List<Field> fields, List<string> lines)
    {
        List<Match> paths = [.. lines.Select(static l => Request.Match(l)).Where(static m => m.Success)];
        if (2 * paths.Count < lines.Count || fields.Exists(static f => f.Name == "path"))
            return;

        string line = lines.First(static l => Request.IsMatch(l));
        int before = fields.FindIndex(f => line.IndexOf($" {f.Name}=", StringComparison.Ordinal) > paths[0].Index);
        fields.Insert(
            before < 0 ? fields.Count : before,
            new Field("path", "text", [.. paths.Select(static m => m.Groups["path"].Value)], PathPattern));
    }

    private static RowShape? ReadCsv(Card card, List<string> lines)
    {
        foreach ((char separator, string format) in new[] { (',', "csv"), (';', "csv"), ('|', "csv"), ('\t', "tsv") })
        {
            string[] names = [.. DelimitedLine.Split(lines[0], separator)
                .Select(static n => string.Join(' ', n.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
            if (names.Length < 2 || names.Distinct(StringComparer.Ordinal).Count() < names.Length
                || !Array.TrueForAll(names, static n => HeaderName.IsMatch(n)))
                continue;
            List<List<string>> rows = [.. lines.Skip(1).Select(l => DelimitedLine.Split(l, separator)).Where(r => r.Count == names.Length)];
            if (rows.Count == 0 || 2 * rows.Count < lines.Count - 1)
                continue;

            // Columns whose names are not words of the language get ones that are.
            string[] words = [.. names.Select(static n => Identifier.IsMatch(n) && !Names.Reserved.Contains(n) ? n : Name(n))];
            string select = words.SequenceEqual(names)
                ? ""
                : $" | select {string.Join(", ", words.Select((word, i) => word == names[i] ? word : $"{word} = it[{ProgramText.Quote(names[i])}]"))}";
            if (words.Distinct(StringComparer.Ordinal).Count() == words.Length)
                return new RowShape(
                    $"{card.Name} | parse {format}{select}", [.. words.Select((word, i) => Field.Of(word, rows.Select(r => r[i].Trim())))]);
        }

        return null;
    }

    private static RowShape? ReadHeaders(Card card, List<string> lines)
    {
        List<Field> fields = [.. lines.Select(static l => MailHeader.Match(l)).Where(static m => m.Success)
            .GroupBy(static m => m.Groups[1].Value).Select(static g => Field.Of(Name(g.Key), g.Select(static m => m.Groups[2].Value)))];
        return fields.Count == 0 ? null : new RowShape(card.Name, fields);
    }

    /// <summary>The rows with the given fields, where the reading pipeline depends on the fields wanted.</summary>
    public string Read(Card card, IEnumerable<Field> wanted)
    {
        List<Field> fields = [.. Fields.Where(wanted.Contains)];
        if (Rows != card.Name || fields.Count == 0)
            return Rows;
        if (Head is null)
            return $"{Rows} | extract /^{char.ToUpperInvariant(fields[0].Name[0])}{fields[0].Name[1..]}: (?<{fields[0].Name}>.+)/";

        string regex = fields.Exists(static f => f.Name == "level") ? $@"^(?<time>{Head}) \[?(?<level>[A-Z]+)"
            : fields.Exists(static f => f.Name == "time") ? $"^(?<time>{Head})"
            : "";
        if (!fields.Exists(static f => f.Name == "time"))
            regex = regex.Replace($"(?<time>{Head})", Head, StringComparison.Ordinal);
        foreach (Field field in fields.Where(static f => f.Name is not ("time" or "level")))
            regex +=
                $@"{(regex.Length > 0 ? ".*?" : "")}\b{field.Pattern ?? $"{field.Name}=(?<{field.Name}>{(field.Type == "number" ? @"[\d.]+" : @"\S+")})"}";
        return $"{Rows} | extract /{regex}/{As(fields)}";
    }

    private static string As(List<Field> fields)
    {
        string types = string.Join(", ", fields.Where(static f => f.Type != "text" && (f.Type == "date" || f.Name is not ("user" or "id")))
            .Select(static f => $"{f.Name}: {f.Type}"));
        return types.Length == 0 ? "" : $" as {{{types}}}";
    }

    private static string Name(string label)
    {
        string name = label.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return name == "instance" ? "text" : Names.Reserved.Contains(name) ? $"the_{name}" : name;
    }

    [GeneratedRegex(@"^[A-Za-z_]\w*$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier { get; }

    [GeneratedRegex(@"^[A-Za-z_][\w -]{0,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderName { get; }

    [GeneratedRegex(@"^(?:([=*#~-])\1{2,}) ?\p{L}+ \d+ ?\1*$", RegexOptions.CultureInvariant)]
    private static partial Regex RecordOpener { get; }

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits { get; }

    [GeneratedRegex(@"^\s*([A-Za-z][\w -]{0,24}): (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled { get; }

    [GeneratedRegex(@"^(?<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d\S*) \[?(?<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b", RegexOptions.CultureInvariant)]
    private static partial Regex LogHead { get; }

    [GeneratedRegex(@"\b" + PathPattern, RegexOptions.CultureInvariant)]
    private static partial Regex Request { get; }

    [GeneratedRegex(@"\b([A-Za-z_]\w*)=(\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Pair { get; }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)(?:ms|s|kb|mb|b)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"^(From|To|Subject|Date|Cc|Author): (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex MailHeader { get; }
}
