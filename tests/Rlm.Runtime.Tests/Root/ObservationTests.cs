using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests.Root;

/// <summary>What a root is shown after a turn, beside what it asked for.</summary>
internal sealed class ObservationTests
{
    private static readonly string ManyLines = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"row {i}"));

    [Test]
    public async Task Results_SeveralStatements_StandUnderTheirs()
    {
        var run = await AskAsync(
            new ScriptedChatClient(Fenced("context | lines | count\ncontext | grep /b/\n  | first 1"), Fenced("answer 1")), "a\nb");

        Assert.That(run.Observations[0], Does.Contain("[1] context | lines | count\nnumber\n2\n").And.Contain(
            "[2] context | grep /b/ | first 1\nlist of text, 1 item\nb\n"));
    }

    [Test]
    public async Task Items_OfALongGrep_AreShownAroundTheMatch()
    {
        string line = new string('x', 5_000) + " needle here " + new string('y', 5_000);

        var run = await AskAsync(
            new ScriptedChatClient(Fenced("let hits = context | grep /need(le|les)/\nhits | first 2"), Fenced("answer 1")),
            $"{line}\nother\n");

        Assert.That(run.Observations[0], Does.Contain("\n…xxx").And.Contain("x needle here y").And.Contain("yyy…"));
    }

    [Test]
    public async Task Items_WithLineBreaksAndTabs_ShowThem()
    {
        var run = await AskAsync(
            new ScriptedChatClient(Fenced("context | paragraphs"), Fenced("answer 1")), "# 1\r\nBy:\tme\n\n# 2\nBy: you");

        Assert.That(run.Observations[0], Does.Contain("# 1⏎By:⇥me\n# 2⏎By: you"));
    }

    [TestCase(24, "list of text, 24 items", false)]
    [TestCase(2_000, "of 2,000 items shown", true)]
    public async Task Items_AFewMoreThanFit_AreAllShown(int count, string head, bool hasGap)
    {
        string text = string.Join('\n', Enumerable.Range(1, count).Select(i => $"{i:0000} {new string('z', 170)}"));

        var run = await AskAsync(new ScriptedChatClient(Fenced("context | lines"), Fenced("answer 1")), text);

        Assert.That(run.Observations[0], Does.Contain(head));
        Assert.That(run.Observations[0].Contains("items left out", StringComparison.Ordinal), Is.EqualTo(hasGap));
    }

    /// <summary>One value has a third, all of them about as much as was said, and what is left out is told.</summary>
    [TestCase(300)]
    [TestCase(1_000)]
    [TestCase(4_000)]
    [TestCase(12_000)]
    [TestCase(100_000)]
    public async Task Shown_AsManyCharactersAsTheOptionSays_GoBack(int most)
    {
        string text = string.Join('\n', Enumerable.Range(1, 20_000).Select(i => $"line {i}"));
        var options = Programs with { MaxShownChars = most };

        var one = await AskAsync(new ScriptedChatClient(Fenced("context | lines"), Fenced("answer 1")), text, options);
        var many = await AskAsync(
            new ScriptedChatClient(Fenced(string.Join('\n', Enumerable.Repeat("context", 40))), Fenced("answer context | lines | count")), text, options);

        Assert.That(one.Observations[0].Length, Is.InRange(most / 6, (most / 2) + 200));
        Assert.That(one.Observations[0], Does.Contain("items left out"));
        Assert.That(many.Observations[0].Length, Is.InRange(most, (most * 5 / 3) + 400));
        Assert.That(many.Observations[0], Does.Contain("more results are left out; show fewer at once"));
        Assert.That(many.Result.Answer, Is.EqualTo("20000"));
    }

    [Test]
    public async Task PaidStage_OfMoreThanHalfOfWhatIsLeft_IsToldBeforeItRuns()
    {
        const string program =
            "let rows = context | lines\nrows | count\nlet replies = rows | map llm \"Good? {it}\" pack 1\nreplies | first";
        var sub = new ScriptedChatClient(_ => "yes");

        var run = await AskAsync(new ScriptedChatClient(Fenced(program), Fenced(program), Fenced("answer replies | count")), ManyLines,
            Programs with { MaxCalls = 100 }, sub);

        Assert.That(
            run.Observations[0],
            Does.Contain("number\n60\n").And.Contain(
                "- `map llm \"Good? {it}\" pack 1`: 60 calls, about ").And.Contain("Send the program again"));
        Assert.That(run.Observations[0], Does.Contain("replies: list of text (not computed yet: using it takes 60 calls)"));
        Assert.That((run.Result.Answer, sub.Calls.Count), Is.EqualTo(("60", 60)));
    }

    [Test]
    public async Task PaidStage_OfAFewCalls_RunsAtOnce()
    {
        var sub = new ScriptedChatClient(_ => "yes");

        var run = await AskAsync(new ScriptedChatClient(Fenced("answer context | lines | map llm \"Good? {it}\" pack 1")), "a\nb",
            Programs with { MaxCalls = 4 }, sub);

        Assert.That((run.Result.Answer, sub.Calls.Count), Is.EqualTo(("yes\nyes", 2)));
    }

    [Test]
    public async Task Let_ThatIsPaidAndPending_SaysWhatItTakes()
    {
        var run = await AskAsync(
            new ScriptedChatClient(Fenced("let replies = context | lines | map llm \"Good? {it}\" pack 1"), Fenced("answer 1")),
            "a\nb",
            sub: new ScriptedChatClient(_ => "yes"));

        Assert.That(
            run.Observations[0],
            Does.Contain("nothing was shown; defined: replies: list of text (not computed yet: using it takes 2 calls)"));
    }

    [Test]
    public async Task Error_AboutAnOperatorsForm_BringsItsPageOnce()
    {
        var run = await AskAsync(new ScriptedChatClient(
            Fenced("context | lines | count by"), Fenced("context | lines | count by ,"), Fenced("answer 1")), "a\nb");

        Assert.That(run.Observations[0], Does.Contain("\ncount [CONDITION] [by ").And.Contain("\n  context | "));
        Assert.That(run.Observations[1], Does.Not.Contain("\ncount [CONDITION] [by "));
    }

    [Test]
    public async Task Card_OfATable_NamesItsColumnsAsTheyAreWritten()
    {
        var root = new ScriptedChatClient(Fenced("answer 1"));

        await AskAsync(root, [RlmVariable.Text(
            "context", TextSource.FromString("Sent On,Sender,let\n2025-01-02,me,1\n2025-01-03,you,2\n", "/home/me/mails.csv"))]);

        Assert.That(
            root.Calls[0].LastText,
            Does.Contain(
                "(mails.csv)\n`context | parse csv` gives rows of `Sent On`: date 2025-01-02, Sender: text \"me\", `let`: number 1\n| Sent On,Sender,let\n").And.Not.Contain("/home/me"));
    }

    [Test]
    public async Task Card_OfDocuments_NamesTheColumnsOfThoseThatAreTables()
    {
        var root = new ScriptedChatClient(Fenced("answer 1"));

        await AskAsync(root, [RlmVariable.Documents(
            "context",
            [TextSource.FromString("sku;price\na;1,50\nb;2,75\n", "2025.csv"), TextSource.FromString("hello\n", "a.txt"), TextSource.FromString("{\"k\": 1}\n{\"k\": 2}\n", "b.jsonl")])]);

        Assert.That(root.Calls[0].LastText, Does.Contain(
            "\n`context[0] | parse csv` gives rows of sku: text \"a\", price: number 1,50\n`context[2] | parse jsonl` gives rows of k: number 1\n| 2025.csv"));
    }

    [Test]
    public async Task Error_OfAShownValue_LetsTheOthersShowAndSaysWhatIsKept()
    {
        const string program = "let good = context | lines\nlet bad = context | extract /(?<n>\\d+)x/\nbad | count\ngood | count\nbad | first\nanswer \"never\"";

        var run = await AskAsync(new ScriptedChatClient(Fenced(program), Fenced("answer good | count")), "a\nb");

        Assert.That(run.Observations[0], Does.Contain("number\n2\n").And.Contain("RLM5001").And.Contain("Kept: good: list of text."));
        Assert.That(System.Text.RegularExpressions.Regex.Count(run.Observations[0], "RLM5001"), Is.EqualTo(1));
        Assert.That(run.Result.Answer, Is.EqualTo("2"));
    }
}
