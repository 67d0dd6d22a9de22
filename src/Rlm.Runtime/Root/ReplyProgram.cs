using System.Text.RegularExpressions;
using Rlm.Dsl;
using Rlm.Dsl.Parsing;

namespace Rlm.Runtime.Root;

/// <summary>Finds the program in a root's reply: in fences of the language, in fences of none, or without any.</summary>
internal static partial class ReplyProgram
{
    private static readonly string[] OwnLanguages = ["rlm", "rlm-dsl", "pipeline"];

    /// <summary>The program, or null where the reply has none.</summary>
    public static string? Find(string reply)
    {
        string text = reply.ReplaceLineEndings("\n");
        var blocks = Blocks(text);
        var own = blocks.Where(block => OwnLanguages.Contains(block.Language, StringComparer.OrdinalIgnoreCase)).ToList();
        if (own.Count == 0)
            own = [.. blocks.Where(block => block.Language.Length == 0 || LooksLikeProgram(block.Text))];

        // Several blocks are one program, in order; a model splits it to explain the parts.
        string program = string.Join('\n', own.Select(block => block.Text)).Trim();
        if (program.Length > 0)
            return program;

        return blocks.Count == 0 ? TakeUnfenced(text) : null;
    }

    /// <summary>Whether a reply that was cut off holds programs, and all to their ends.</summary>
    public static bool IsWhole(string reply)
    {
        int fences = reply.Split('\n').Count(static line => line.TrimStart().StartsWith("```", StringComparison.Ordinal));
        return fences > 0 && fences % 2 == 0;
    }

    private static List<(string Language, string Text)> Blocks(string text)
    {
        var blocks = new List<(string, string)>();
        List<string>? open = null;
        string language = "";
        foreach (string line in text.Split('\n'))
        {
            string bare = line.TrimStart();
            if (!bare.StartsWith("```", StringComparison.Ordinal))
            {
                open?.Add(line);
            }
            else if (open is null)
            {
                language = bare.Trim('`', ' ', '\r');
                open = [];
            }
            else
            {
                blocks.Add((language, string.Join('\n', open)));
                open = null;
            }
        }

        // Some models leave the last fence open.
        if (open is not null)
            blocks.Add((language, string.Join('\n', open)));
        return blocks;
    }

    /// <summary>The lines of a reply without fences, from the first that opens a statement on, if they read as a program.</summary>
    private static string? TakeUnfenced(string text)
    {
        string[] lines = text.Split('\n');
        int start = Array.FindIndex(lines, line => OpensStatement(line.Trim()));
        if (start < 0)
            return null;

        int end = start + 1;
        while (end < lines.Length && (lines[end].Trim().Length == 0 || OpensStatement(lines[end].Trim())
            || lines[end].TrimStart().StartsWith('|') || char.IsWhiteSpace(lines[end][0]) || lines[end][0] == '#'))
            end++;
        // A sentence may hold a bar; a lone pipeline counts only where it parses.
        string program = string.Join('\n', lines[start..end]).Trim();
        return Array.Exists(lines[start..end], line => Statement.IsMatch(line.Trim()))
            || ProgramParser.Parse(new SourceText(program)).Diagnostics.Count == 0 ? program : null;
    }

    private static bool LooksLikeProgram(string text) => text.Split('\n').Any(line => OpensStatement(line.Trim()));

    private static bool OpensStatement(string line) =>
        Statement.IsMatch(line) || Opener.IsMatch(line)
            || (Pipeline.Match(line) is { Success: true } match && OperatorForms.Of(match.Groups["operator"].Value).Count > 0);

    [GeneratedRegex(@"^(let\s+\w+\s*=|answer\s+[""'(\w{\[]|assert\s+\S+.*(==|<|>|contains))")]
    private static partial Regex Statement { get; }

    [GeneratedRegex(@"^(grep|extract|split|chunk|parse|slice|peek|sample)\s+([""/\d]|into\s+\d|by\s+[""/]|(json|jsonl|csv|tsv)\b).*\|")]
    private static partial Regex Opener { get; }

    [GeneratedRegex(@"^\w+(\s*\([^)]*\))?\s*\|>?\s*(?<operator>\w+)")]
    private static partial Regex Pipeline { get; }
}
