using System.Text.RegularExpressions;

namespace Rlm.Runtime.Replies;

/// <summary>
/// Takes off what a model thought aloud before its answer. Only what leads the reply is taken: an answer may be about such marks.
/// </summary>
/// <remarks>
/// Source: the chat templates of DeepSeek R1 and Qwen 3 (<c>&lt;think&gt;</c>, whose opening a template may write itself, so that a reply
/// holds the closing alone), Magistral (<c>[THINK]</c>), Kimi (<c>◁think▷</c>), Gemma (<c>&lt;|channel&gt;thought</c>) and OpenAI's Harmony
/// (channels, with or without their marks).
/// </remarks>
internal static partial class ReplyThoughts
{
    private const string BareAnalysis = "analysis", BareFinal = "assistantfinal";

    /// <summary>The answer; empty where the reply broke off within its thoughts, the reply itself where there are none.</summary>
    public static string Strip(string reply)
    {
        if (!reply.AsSpan().ContainsAny('<', '[', '◁') && !reply.StartsWith(BareAnalysis, StringComparison.Ordinal))
            return reply;

        string rest = reply;
        while (Opening.Match(rest) is { Success: true } opening)
        {
            var closings = Closing.Matches(rest, opening.Length).Where(
                closing => closing.Groups["tag"].Value.Equals(opening.Groups["tag"].Value, StringComparison.OrdinalIgnoreCase)).ToList();
            if ((DropQuoted(rest, closings).FirstOrDefault() ?? closings.FirstOrDefault()) is not { } end)
                return "";
            rest = rest[(end.Index + end.Length)..];
        }

        // Where a template opened the thoughts, only their end is in the reply.
        if (DropQuoted(rest, Closing.Matches(rest)).LastOrDefault() is { } only && !AnyOpening.IsMatch(rest.AsSpan(0, only.Index)))
            rest = rest[(only.Index + only.Length)..];
        rest = FinalChannel(rest);
        return rest.Length == reply.Length ? reply : rest.Trim();
    }

    /// <summary>The message of Harmony's last channel, where a reply shows channels.</summary>
    private static string FinalChannel(string text)
    {
        bool showsChannels = ChannelHead.IsMatch(text);
        var finals = Final.Matches(text);
        if ((showsChannels ? finals.LastOrDefault() : DropQuoted(text, finals).LastOrDefault()) is { } final)
        {
            string said = text[(final.Index + final.Length)..];
            return MessageEnd.Match(said) is { Success: true } end ? said[..end.Index] : said;
        }

        if (showsChannels)
            return "";
        int bare = text.StartsWith(BareAnalysis, StringComparison.Ordinal) ? text.LastIndexOf(BareFinal, StringComparison.Ordinal) : -1;
        return bare < 0 ? text : text[(bare + BareFinal.Length)..];
    }

    /// <summary>Those of the marks, in order, that stand neither in a fence nor behind an odd number of quotes in their line.</summary>
    private static IEnumerable<Match> DropQuoted(string text, IEnumerable<Match> marks)
    {
        int from = 0, fences = 0, quotes = 0, ticks = 0;
        foreach (var mark in marks)
        {
            var between = text.AsSpan(from..mark.Index);
            fences += between.Count("```");
            int line = between.LastIndexOf('\n');
            if (line >= 0)
                (quotes, ticks) = (0, 0);
            quotes += between[(line + 1)..].Count('"');
            ticks += between[(line + 1)..].Count('`');
            from = mark.Index;
            if (int.IsEvenInteger(fences) && int.IsEvenInteger(quotes) && int.IsEvenInteger(ticks)
                && between is not [.., '\'' or '“' or '‘'])
                yield return mark;
        }
    }

    [GeneratedRegex(@"^\s*(<\s*(?<tag>think|thinking|thoughts?|reasoning|seed:think)(\s[^<>]*)?>|\[THINK\]|◁think▷|<\|channel>thought\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Opening { get; }

    [GeneratedRegex(@"<\s*(think|thinking|thoughts?|reasoning|seed:think)(\s[^<>]*)?>|\[THINK\]|◁think▷|<\|channel>thought\b", RegexOptions.IgnoreCase)]
    private static partial Regex AnyOpening { get; }

    [GeneratedRegex(@"<\s*/\s*(?<tag>think|thinking|thoughts?|reasoning|seed:think)\s*>|\[/THINK\]|◁/think▷|<channel\|>", RegexOptions.IgnoreCase)]
    private static partial Regex Closing { get; }

    [GeneratedRegex(@"^\s*(<\|start\|>assistant)?<\|channel\|>")]
    private static partial Regex ChannelHead { get; }

    [GeneratedRegex(@"<\|channel\|>\s*final\b[^<]*(<\|constrain\|>[^<]*)?<\|message\|>")]
    private static partial Regex Final { get; }

    [GeneratedRegex(@"<\|(return|end|start)\|>")]
    private static partial Regex MessageEnd { get; }
}
