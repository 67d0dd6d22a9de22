using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>One reading counts what matches, and what matches but for case where nothing does.</summary>
internal sealed class MissedLinesTests
{
    private const string Line = "info host=web-1 took=5ms status=200";
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;
    private const int Lines = 300_000;

    [TestCase(0, 0, 0, 0)]
    [TestCase(0, 3, 0, 3)]
    [TestCase(2, 3, 2, null)]
    [TestCase(Lines, 0, Lines, null)]
    [TestCase(0, Lines, 0, null)]
    [TestCase(1, Lines - 1, 1, null)]
    public void CountWithMissed_LinesInEitherCase_CountsThem(int same, int other, int matching, int? missed)
    {
        using var source = TextSource.FromBytes(TextOf(same, other));

        var found = LineSearch.CountWithMissed(
            source.Whole, PatternOf(RegexOptions.None), PatternOf(RegexOptions.IgnoreCase), CancellationToken.None);

        Assert.That(found, Is.EqualTo(((long)matching, (long?)missed)));
    }

    /// <summary>A class that leaves out letters matches fewer lines in either case, and `k` is more than two letters there.</summary>
    [TestCase("timeout[^a-z]*$", 0, 3)]
    [TestCase("t[iI]meout$", 2, 3)]
    [TestCase("=200 [^T]imeout", 2, 3)]
    [TestCase("took=.*timeout", 0, 3)]
    [TestCase("host=.*took=5ms.*timeout", 0, 3)]
    [TestCase("(error|status=200 timeout)$", 0, 5)]
    [TestCase("(?i)timeout$", 0, 4)]
    public void CountWithMissed_Regex_CountsWhatTwoReadingsCount(string regex, int same, int other)
    {
        using var source = TextSource.FromBytes(TextOf(same, other));
        LinePattern pattern = PatternOf(RegexOptions.None, regex), either = PatternOf(RegexOptions.IgnoreCase, regex);

        var (matching, missed) = LineSearch.CountWithMissed(source.Whole, pattern, either, CancellationToken.None);

        Assert.That(matching, Is.EqualTo(LineSearch.Count(source.Whole, pattern, isInverted: false, CancellationToken.None)));
        if (missed is { } known)
            Assert.That(known, Is.EqualTo(LineSearch.Count(source.Whole, either, isInverted: false, CancellationToken.None)));
        else
            Assert.That(matching > 0 || pattern.FindCandidates(either) is null, Is.True);
    }

    [TestCase(0, 3, "grep: no line matches, and 3 do but for case, as `info host=web-1 took=5ms status=200 TIMEOUT`; write `ignore case` behind the pattern")]
    [TestCase(0, Lines, "grep: no line matches, and 300,000 do but for case, as `info host=web-1 took=5ms status=200 TIMEOUT`; write `ignore case` behind the pattern")]
    [TestCase(2, 3, null)]
    [TestCase(0, 0, null)]
    public async Task Run_LongText_NotesWhatIsMissedAsOfAShortOne(int same, int other, string? note)
    {
        string text = Encoding.ASCII.GetString(TextOf(same, other));

        var run = await ProgramRun.RunAsync("answer context | grep \"timeout\" | count", text, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo($"{same}"));
        Assert.That(run.Notes, Is.EqualTo(note is null ? Array.Empty<string>() : [note]));
    }

    /// <summary>Lines of which the last hold a word, and some before them the same in the other case.</summary>
    private static byte[] TextOf(int same, int other) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Lines)
        .Select(number => $"{Line}{(number >= Lines - same ? " timeout" : number >= Lines - same - other ? " TIMEOUT" : "")}\n")));

    private static LinePattern PatternOf(RegexOptions options, string regex = "timeout") =>
        LinePattern.OfRegex(regex, Options | options, () => new Regex(regex, Options | options));
}
