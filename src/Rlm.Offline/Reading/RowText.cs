using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Offline.Reading;

/// <summary>Turns rows of JSON or CSV into what they say, so that no sentence holds their syntax.</summary>
/// <remarks>
/// Of each row the longest text is kept, where names are wanted after a short one that says whose it is. Other text stays as it is.
/// </remarks>
internal static partial class RowText
{
    private const int LongestNameChars = 24;

    public static string WritePlain(string text, bool withNames)
    {
        string[] lines = text.Split('\n');
        int filled = lines.Count(static l => l.Trim().Length > 0);
        if (filled == 0)
            return text;

        List<string?> read = [.. lines.Select(l => FromJson(Cite.Replace(l, "").Trim(), withNames))];
        if (2 * read.Count(static r => r is not null) >= filled)
            return string.Join('\n', read.Zip(lines, static (row, line) => row ?? line));
        return FromCsv(lines, withNames) ?? text;
    }

    private static string? FromJson(string line, bool withNames)
    {
        if (line is not ['{', .., '}'])
            return null;

        try
        {
            using JsonDocument row = JsonDocument.Parse(line);
            return JoinValues([.. row.RootElement.EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.String)
                .Select(static p => p.Value.GetString()!)], withNames);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? FromCsv(string[] lines, bool withNames)
    {
        string[] names = lines[0].Trim().Split(',');
        if (names.Length < 3 || !Array.TrueForAll(names, static n => Name.IsMatch(n)))
            return null;

        List<List<string>> rows = [.. lines.Skip(1).Select(static l => DelimitedLine.Split(l.TrimEnd('\r'), ','))];
        return 2 * rows.Count(r => r.Count == names.Length) < rows.Count
            ? null
            : string.Join('\n', rows.Select(r => r.Count == 1 ? r[0] : JoinValues(r, withNames)));
    }

    private static string JoinValues(List<string> values, bool withNames)
    {
        values.RemoveAll(static v => !v.Any(char.IsLetter));
        string longest = values.MaxBy(static v => v.Length) ?? "";
        string? name = !withNames ? null : values.Find(v => v.Length is > 0 and <= LongestNameChars && v != longest && char.IsUpper(v[0]));
        return name is null ? longest : $"{name}: {longest}";
    }

    [GeneratedRegex(@"^(\[\d+\] |- )?(\([^()\s]+:\d+\) )?", RegexOptions.CultureInvariant)]
    private static partial Regex Cite { get; }

    [GeneratedRegex(@"^[A-Za-z_]\w*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
