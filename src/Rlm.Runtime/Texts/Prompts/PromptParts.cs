using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Prompts;

/// <summary>Finds header, data, recap and question in the text of a prompt.</summary>
internal static partial class PromptParts
{
    /// <summary>What stands around the data is read whole, and is shorter than this.</summary>
    private const long MaxWordBytes = 1 << 20;
    private const int MaxShownChars = 80;

    /// <exception cref="FormatException">They cannot be told apart.</exception>
    public static OolongPrompt Read(TextSource text)
    {
        var data = DataSpan.Find(text) ?? throw new FormatException(
            "The prompt has no data: no line such as `Date: … || User: … || Instance: …`, and no `[START OF …]` with its `[END OF …]`.");
        string header = Words(text, 0, data.Before, "before").Trim();
        string closing = Cue.Replace(Words(text, data.After, text.LengthBytes, "behind"), "").TrimEnd();
        if (closing.Length > 0 && !data.IsMarked)
            RequireApart(closing, header, data);
        var (recap, asked) = Split(closing.Trim());
        string question = asked.Length > 0 ? RequireOnly(asked, header) : FindInHeader(ref header);
        var context = new SlicedTextSource(text, data.Start, data.End - data.Start);
        if (data.OtherLines > 0)
            RequireNotAmong(context, question);
        return new OolongPrompt
        {
            Header = header,
            Context = context,
            Recap = recap,
            Question = question,
            Labels = LabelList.Find(header, recap),
            Rows = data.Rows,
            OtherLines = data.OtherLines,
        };
    }

    private static string Words(TextSource text, long start, long end, string where) => end - start <= MaxWordBytes
        ? text.Decode(start, end - start)
        : throw new FormatException(Invariant(
            $"The prompt has {end - start:N0} bytes {where} its data, too much for words: some of it may be data of another form."));

    /// <summary>What follows the last line at once may be more of that line: where a field goes on in further lines nobody knows.</summary>
    private static void RequireApart(string closing, string header, DataSpan data)
    {
        string first = closing.Split('\n')[0].Trim();
        bool isApart = first.Length == 0 || Recalls.IsMatch(first) || Asks.IsMatch(first) || OnePerLine.IsMatch(header)
            || (data is { OtherLines: 0, Rows: > 1 });
        if (!isApart)
            throw new FormatException(
                $"The line behind the data, `{Shorten(first)}`, may belong to its last row or to the question: leave a blank line between.");
    }

    /// <summary>What repeats the header, and what is asked, which says so in its first words or stands behind the recap.</summary>
    private static (string Recap, string Question) Split(string closing)
    {
        string[] paragraphs = Paragraph.Split(closing);
        int asks = Array.FindIndex(paragraphs, paragraph => Asks.Match(paragraph) is { Success: true, Index: 0 });
        int recaps = asks >= 0 ? asks : paragraphs.TakeWhile(paragraph => Recalls.IsMatch(paragraph)).Count();
        if (recaps < paragraphs.Length || closing.Length == 0)
            return (string.Join("\n\n", paragraphs.Take(recaps)).Trim(), Unmark(string.Join("\n\n", paragraphs.Skip(recaps))));

        // The question may stand in the last paragraph of the recap.
        string last = paragraphs[^1];
        int at = Asks.Match(last) is { Success: true } asked ? asked.Index : last.IndexOf('\n', StringComparison.Ordinal);
        if (at < 0 && last.Contains('?', StringComparison.Ordinal))
            throw new FormatException(
                $"Nothing tells the recap from the question in `{Shorten(last)}`: put the question on a line of its own.");
        return at < 0
            ? (closing, "")
            : (string.Join("\n\n", [.. paragraphs[..^1], last[..at]]).Trim(), Unmark(last[at..]));
    }

    /// <summary>A question that stands among the data, too, follows an example.</summary>
    private static void RequireNotAmong(TextSource data, string question)
    {
        byte[] asked = Encoding.UTF8.GetBytes(question.Split('\n')[0].Trim());
        using var lines = new LineScanner(data.Whole);
        while (lines.MoveNext())
        {
            if (lines.Bytes.Trim(" \t\r"u8).EndsWith(asked))
                throw new FormatException($"The question stands among the data, too, `{Shorten(question)}`: is what stands before it an example?");
        }
    }

    private static string RequireOnly(string question, string header)
    {
        foreach (Match marked in MarkedQuestion.Matches(header))
        {
            if (Unmark(marked.Value) is var other && other != question)
                throw new FormatException($"The prompt asks twice: `{Shorten(other)}` and `{Shorten(question)}`.");
        }

        return question;
    }

    /// <summary>The question where nothing stands behind the data: the one that is marked so, or the one paragraph that asks.</summary>
    private static string FindInHeader(ref string header)
    {
        string[] paragraphs = Paragraph.Split(header);
        string[] found = [.. paragraphs.Where(paragraph => MarkedQuestion.IsMatch(paragraph))];
        if (found.Length == 0)
            found = [.. paragraphs.Where(paragraph => paragraph.Contains('?', StringComparison.Ordinal))];
        if (found.Length != 1)
            throw new FormatException(found.Length == 0
                ? "The prompt has no question: nothing stands behind its data, and nothing before it asks."
                : $"The prompt asks {found.Length} times: `{Shorten(found[0])}` and `{Shorten(found[1])}`.");

        string question = found[0];
        if (MarkedQuestion.Match(question) is { Success: true, Index: > 0 } marked)
            throw new FormatException(
                $"Nothing tells the question from the header in `{Shorten(question)}`: leave a blank line before it.");
        header = string.Join("\n\n", paragraphs.Where(paragraph => paragraph != question)).Trim();
        return Unmark(question);
    }

    private static string Unmark(string question) => Mark.Replace(question.Trim(), "").Trim();

    private static string Shorten(string text) => text.ReplaceLineEndings(" ") is var line && line.Length > MaxShownChars
        ? $"{line[..MaxShownChars]}…"
        : line;

    [GeneratedRegex(@"\G\s*(Recall|Remember|Reminder|To recap|As a reminder)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Recalls { get; }

    [GeneratedRegex(@"\b(In the above|In the preceding|Based on the above|Given the above|From the above|Considering the above)\b|^[ \t]*[*#_]*(Question|Query|Q)[*_]*:", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Asks { get; }

    [GeneratedRegex(@"\bone\s+(\w+\s+)?(per|on each|to a) line\b", RegexOptions.IgnoreCase)]
    private static partial Regex OnePerLine { get; }

    [GeneratedRegex(@"\r?\n[ \t]*\r?\n\s*")]
    private static partial Regex Paragraph { get; }

    [GeneratedRegex(@"^[ \t]*[*#_]*(Question|Query)[*_]*:.*", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex MarkedQuestion { get; }

    [GeneratedRegex(@"^[*#_ \t]*(Question|Query|Q)[*_]*:[*_]*[ \t]*", RegexOptions.IgnoreCase)]
    private static partial Regex Mark { get; }

    /// <summary>An empty place for the answer at the end.</summary>
    [GeneratedRegex(@"(^|\n)[ \t]*[*#_]*(Answer|Assistant|A|Response)[*_]*:[*_]*\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Cue { get; }
}
