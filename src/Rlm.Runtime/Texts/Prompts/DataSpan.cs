using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Prompts;

/// <summary>Where the data of a prompt lies.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="End">Offset after its last byte, a line end not counted.</param>
internal sealed partial record DataSpan(long Start, long End)
{
    private const int MaxKeyBytes = 30;
    private const int MaxKeyWords = 3;
    private const int MaxForms = 64;
    private const int MaxMarkBytes = 120;

    /// <summary>Offset after what stands before it.</summary>
    public required long Before { get; init; }

    /// <summary>Offset of what stands behind it.</summary>
    public required long After { get; init; }

    public long Rows { get; init; }

    public long OtherLines { get; init; }

    /// <summary>Whether marks say where it begins and ends.</summary>
    public bool IsMarked { get; init; }

    /// <summary>The data: what stands between marks, else the lines of fields; null where there is neither.</summary>
    /// <exception cref="FormatException">It cannot be told which lines are the data.</exception>
    public static DataSpan? Find(TextSource text)
    {
        var rows = FindRows(text);
        return FindMarked(text) is not { } marked ? rows
            : rows is null ? marked
            : rows.Start >= marked.Start && rows.End <= marked.End ? marked with { Rows = rows.Rows, OtherLines = rows.OtherLines }
            : rows;
    }

    /// <summary>Whether a line is one of fields.</summary>
    public static bool HasRows(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Contains("||", StringComparison.Ordinal) && FindKeys(Encoding.UTF8.GetBytes(line.ToString())) is not null)
                return true;
        }

        return false;
    }

    /// <summary>From the first line of fields to the last; null where there is none.</summary>
    /// <exception cref="FormatException">Two kinds of lines are equally many, or something among them announces more.</exception>
    private static DataSpan? FindRows(TextSource text)
    {
        var forms = new Dictionary<string, Form>(StringComparer.Ordinal);
        long others = 0;
        TextSlice? announcing = null;
        using var lines = new LineScanner(text.Whole);
        while (lines.MoveNext())
        {
            if (lines.IsBlank)
                continue;
            if (FindKeys(lines.Bytes) is not { } keys || (forms.Count >= MaxForms && !forms.ContainsKey(keys)))
            {
                others++;
                announcing = lines.Bytes.TrimEnd(" \t\r*_"u8) is [.., (byte)':'] ? lines.Slice : null;
                continue;
            }

            if (!forms.TryGetValue(keys, out var form))
                forms.Add(keys, form = new Form { Start = lines.Start, OthersBefore = others });
            else if (announcing is { } announcement)
                form.Announcement ??= announcement;
            announcing = null;
            form.Rows++;
            (form.End, form.Next, form.OthersWithin) = (lines.End, lines.Next, others - form.OthersBefore);
        }

        Form[] most = [.. forms.Values.OrderByDescending(form => form.Rows).Take(2)];
        if (most.Length == 0)
            return null;
        if (most is [var first, var second] && first.Rows == second.Rows)
        {
            string kinds = string.Join(" and ", forms.Where(form => most.Contains(form.Value)).Select(form => $"`{form.Key} …`"));
            throw new FormatException(Invariant($"Two kinds of lines come {first.Rows:N0} times each, {kinds}: which of them are the data?"));
        }

        if (most[0].Announcement is { } line)
            throw new FormatException(
                $"The line `{line.Decode().Trim()}` stands among the data: are the lines before it an example, and those behind it the data?");

        if (forms.FirstOrDefault(form => form.Value.Next == most[0].Start || form.Value.Start == most[0].Next) is { Key: { } beside })
            throw new FormatException($"A line `{beside} …` stands right beside the data: is it one of its rows?");

        // Rows of other fields count as other lines; those outside are words of the header, as an example is.
        long foreign = forms.Values.Where(form => form != most[0] && form.Start > most[0].Start && form.End < most[0].End)
            .Sum(form => form.Rows);
        return new DataSpan(most[0].Start, most[0].End)
        {
            Before = most[0].Start,
            After = most[0].Next,
            Rows = most[0].Rows,
            OtherLines = most[0].OthersWithin + foreign,
        };
    }

    /// <summary>What stands between marks on lines of their own, from the first to the last; null where there is no such pair.</summary>
    private static DataSpan? FindMarked(TextSource text)
    {
        long? before = null, start = null, end = null, after = null;
        string? open = null;
        using var lines = new LineScanner(text.Whole);
        while (lines.MoveNext())
        {
            if (lines.Length is 0 or > MaxMarkBytes || lines.Bytes.TrimStart(" \t"u8) is not ([(byte)'[' or (byte)'<', ..]))
                continue;

            string line = Encoding.UTF8.GetString(lines.Bytes).Trim();
            if (open is null && OpeningMark.Match(line) is { Success: true } opening)
            {
                open = opening.Groups["name"].Value;
                before ??= lines.Start;
                start ??= lines.Next;
            }
            else if (open is not null && ClosingMark.Match(line) is { Success: true } closing
                && closing.Groups["name"].Value.Equals(open, StringComparison.OrdinalIgnoreCase))
            {
                open = null;
                (end, after) = (lines.Start, lines.Next);
            }
        }

        if (open is not null || start is not { } from || end is not { } to)
            return null;

        // The line end before the closing mark is the mark's.
        while (to > from && text.GetSpan(to - 1, 1)[0] is (byte)'\n' or (byte)'\r')
            to--;
        return new DataSpan(from, to) { Before = before!.Value, After = after!.Value, IsMarked = true };
    }

    /// <summary>The first two keys of a line such as <c>Date: … || User: …</c>; null for any other line.</summary>
    private static string? FindKeys(ReadOnlySpan<byte> line)
    {
        int bars = line.IndexOf("||"u8);
        if (bars < 0 || KeyOf(line[..bars]) is not { } first || KeyOf(line[(bars + 2)..]) is not { } second)
            return null;
        return $"{first}: … || {second}:";
    }

    private static string? KeyOf(ReadOnlySpan<byte> field)
    {
        field = field.TrimStart(" \t"u8);
        int colon = field[..Math.Min(field.Length, MaxKeyBytes + 1)].IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)field[0]))
            return null;
        string key = Encoding.UTF8.GetString(field[..colon]).TrimEnd();
        return key.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-') && key.Split(' ').Length <= MaxKeyWords ? key : null;
    }

    [GeneratedRegex(@"^(\[START OF (?<name>[^\]]+)\]|<(?<name>context|data|document|documents|text|transcript|episode)>)$", RegexOptions.IgnoreCase)]
    private static partial Regex OpeningMark { get; }

    [GeneratedRegex(@"^(\[END OF (?<name>[^\]]+)\]|</(?<name>\w+)>)$", RegexOptions.IgnoreCase)]
    private static partial Regex ClosingMark { get; }

    /// <summary>The lines of one kind.</summary>
    private sealed class Form
    {
        public required long Start { get; init; }

        public required long OthersBefore { get; init; }

        public long End { get; set; }

        public long Next { get; set; }

        public long Rows { get; set; }

        public long OthersWithin { get; set; }

        /// <summary>A line that ends in a colon, between two rows; null for none.</summary>
        public TextSlice? Announcement { get; set; }
    }
}
