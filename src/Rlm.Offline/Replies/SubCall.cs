using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Runtime.Replies;

namespace Rlm.Offline.Replies;

/// <summary>A sub-call's prompt taken apart.</summary>
internal sealed partial record SubCall(string Instruction, string? Data, IReadOnlyList<(string Id, string Text)>? Rows, ReplyType Type)
{
    /// <summary>Whether the rows are names, of which those of one thing are asked for.</summary>
    public bool AsksForGroups { get; private init; }

    public static SubCall Read(string prompt)
    {
        string? names = PromptMarkers.Unwrap(prompt, PromptMarkers.Names), rows = names ?? PromptMarkers.Unwrap(prompt, PromptMarkers.Rows);
        string? data = rows is null ? PromptMarkers.Unwrap(prompt, PromptMarkers.Data) : null;
        string instruction = prompt[..PromptMarkers.FirstFrame(prompt)].Trim();
        if (PromptMarkers.Unwrap(prompt, PromptMarkers.Given) is { } given)
            instruction = GivenLine.Matches(given).Aggregate(instruction, static (text, line) =>
                text.Replace($"{{{line.Groups["name"].Value}}}", line.Groups["value"].Value, StringComparison.Ordinal));
        return new SubCall(
            instruction,
            data,
            rows is null ? null : ReadRows(rows),
            ReplyTypeReader.Read(PromptMarkers.Unwrap(prompt, PromptMarkers.Reply)))
        {
            AsksForGroups = names is not null,
        };
    }

    [GeneratedRegex(@"^(?<name>\S[^:\n]*): (?<value>[^\n]*(\n  [^\n]*)*)", RegexOptions.Multiline)]
    private static partial Regex GivenLine { get; }

    /// <summary>A row opens with <c>[id]</c> at the start of a line and an id above the last one, context with <c>[-]</c>; other lines belong to the row.</summary>
    private static List<(string Id, string Text)> ReadRows(string rows)
    {
        List<(string Id, string Text)> read = [];
        long last = long.MinValue;
        string? id = null;
        int textStart = 0, lineStart = 0;
        while (lineStart <= rows.Length)
        {
            if (Id(rows, lineStart) is { } found && long.Parse(found, CultureInfo.InvariantCulture) > last)
            {
                if (id is not null)
                    read.Add((id, rows[textStart..lineStart].Trim()));
                id = found;
                last = long.Parse(found, CultureInfo.InvariantCulture);
                textStart = lineStart + found.Length + 2;
            }
            else if (id is not null && rows.AsSpan(lineStart).StartsWith("[-] "))
            {
                read.Add((id, rows[textStart..lineStart].Trim()));
                id = null;
            }

            int end = rows.IndexOf('\n', lineStart);
            if (end < 0)
                break;
            lineStart = end + 1;
        }

        if (id is not null)
            read.Add((id, rows[textStart..].Trim()));
        return read;
    }

    private static string? Id(string rows, int at)
    {
        if (at >= rows.Length || rows[at] != '[')
            return null;

        int end = at + 1;
        while (end < rows.Length && end - at < 18 && char.IsAsciiDigit(rows[end]))
            end++;
        return end > at + 1 && end < rows.Length && rows[end] == ']' ? rows[(at + 1)..end] : null;
    }
}
