using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;
using Rlm.Cli.Help;

namespace Rlm.Cli.Tests.Help;

internal sealed class UsagePageTests
{
    [Test]
    public void Write_ShortPages_AreAsVerified() =>
        Snapshot.Verify(string.Join("\n" + new string('=', 60) + "\n\n", Verbs().Select(verb => Write(verb, isLong: false))));

    [Test]
    public void Write_LongPages_AreAsVerified() =>
        Snapshot.Verify(string.Join("\n" + new string('=', 60) + "\n\n", Verbs().Select(verb => Write(verb, isLong: true))));

    [TestCaseSource(nameof(Verbs))]
    public void Write_ShortPage_FitsAScreen(Verb? verb)
    {
        string[] lines = Write(verb, isLong: false).TrimEnd('\n').Split('\n');

        Assert.That(lines, Has.Length.LessThanOrEqualTo(40));
        Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(100));
    }

    [TestCaseSource(nameof(Verbs))]
    public void Write_LongPage_IsNoWiderThan100(Verb? verb) =>
        Assert.That(Write(verb, isLong: true).Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(100));

    [TestCaseSource(nameof(Verbs))]
    public void Write_EveryOption_IsOnBothPages(Verb? verb)
    {
        foreach (var option in verb?.Options ?? [])
        {
            Assert.That(Write(verb, isLong: false), Does.Contain(option.IsRare ? option.Name : option.Form));
            Assert.That(Write(verb, isLong: true), Does.Contain(option.Form));
        }
    }

    [Test]
    public void Write_LongPageOfAsk_ListsExitCodesAndEnvironment()
    {
        string page = Write(VerbCatalog.Find("ask")!, isLong: true);

        foreach (var (code, meaning) in ExitCodes.All)
            Assert.That(page, Does.Match($"(?m)^  {code} +{System.Text.RegularExpressions.Regex.Escape(meaning)}$"));
        Assert.That(page, Does.Contain("RLM_MODEL").And.Contain("OPENAI_API_KEY").And.Contain("NO_COLOR"));
    }

    private static IEnumerable<Verb?> Verbs() => [null, .. VerbCatalog.All];

    private static string Write(Verb? verb, bool isLong) =>
        verb is null ? UsagePage.WriteProgram(VerbCatalog.All, isLong) : UsagePage.WriteVerb(verb, isLong);
}
