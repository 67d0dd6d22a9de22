namespace Rlm.Runtime.Tests.Issues;

/// <summary>A pattern that a <c>let</c> holds stands wherever one that is written out does, and nowhere else.</summary>
internal sealed class Issue12_PatternsInLetsTests
{
    private const string Text = "When it rains\nthen, when\nit pours x=1\n\nx=22 when";

    [TestCase("lines | where it matches P | join \"|\"", "/^when\\b/i")]
    [TestCase("lines | where it not matches P | join \"|\"", "/^when\\b/i")]
    [TestCase("lines | where not (it contains P) | join \"|\"", "/^when\\b/i")]
    [TestCase("lines | count by it matches P", "/when/i")]
    [TestCase("lines | map (it matches P)", "/when/i")]
    [TestCase("context | grep P | join \"|\"", "/when/")]
    [TestCase("context | grep P not ignore case around 1", "/WHEN/")]
    [TestCase("grep P | join \"|\"", "/when/")]
    [TestCase("context | grep P", "\"when\"")]
    [TestCase("context | extract P | get n", "/x=(?<n>\\d+)/")]
    [TestCase("context | extract P", "/x=\\d+/")]
    [TestCase("context | extract P as {n: number} | sum n", "/x=(?<n>\\d+)/")]
    [TestCase("context | extract P | get b", "\"{a}={b}\"")]
    [TestCase("context | extract P as {b: number} | sum b", "\"{a}x={b}\"")]
    [TestCase("context | split P | join \"|\"", "/\\n+/")]
    [TestCase("context | split P | join \"|\"", "\"when\"")]
    [TestCase("context | chunk by P | join \"|\"", "/^x/")]
    [TestCase("context | chunk by P | join \"|\"", "\"x\"")]
    [TestCase("lines | map match(it, P) | join \"|\"", "/x=(\\d+)/")]
    [TestCase("lines | map replace(it, P, \"_\") | join \"|\"", "/[aeiou]/")]
    [TestCase("lines | replace(P, \"_\") | join \"|\"", "\"when\"")]
    [TestCase("answer split(context, P)", "/\\W+/")]
    [TestCase("lines | any it matches P", "/x=\\d/")]
    [TestCase("lines | share it matches P", "/x=\\d/")]
    public async Task Run_PatternInALet_GivesWhatTheLiteralGives(string program, string pattern)
    {
        string literal = await ShownAsync(program.Replace("P", pattern, StringComparison.Ordinal));

        Assert.That(await ShownAsync($"let p = {pattern}\n{program.Replace('P', 'p')}"), Is.EqualTo(literal).And.Not.Empty);
        Assert.That(
            await ShownAsync($"let q = ({pattern})\nlet p = q\n{program.Replace("P", "(p)", StringComparison.Ordinal)}"),
            Is.EqualTo(literal).Or.StartsWith("error"));
    }

    [Test]
    public async Task Run_PatternOfAnEarlierProgram_IsStillThere()
    {
        var session = ProgramRun.Session(Text, new ScriptedChatClient());
        await ProgramRun.RunAsync(session, "let p = /^when/i");

        Assert.That((await ProgramRun.RunAsync(session, "answer context | grep p | count")).Answer, Is.EqualTo("1"));
    }

    [TestCase("p", TestName = "shown")]
    [TestCase("answer p", TestName = "answered")]
    [TestCase("p | describe", TestName = "piped")]
    [TestCase("answer \"{p}\"", TestName = "in a string")]
    [TestCase("lines | map p", TestName = "mapped")]
    [TestCase("lines | map {a: p}", TestName = "in a record")]
    [TestCase("lines | sort by p", TestName = "sorted by")]
    [TestCase("lines | count by p", TestName = "counted by")]
    [TestCase("lines | where it == p", TestName = "compared")]
    [TestCase("lines | where p != none", TestName = "compared with none")]
    [TestCase("lines | where it in [p]", TestName = "in a list")]
    [TestCase("lines | where it starts with p", TestName = "as a start")]
    [TestCase("answer lower(p)", TestName = "as an argument")]
    [TestCase("answer coalesce(none, p)", TestName = "coalesced")]
    [TestCase("answer if true then p else none", TestName = "chosen")]
    [TestCase("lines | first p", TestName = "as an amount")]
    [TestCase("context | llm p", TestName = "as a prompt")]
    [TestCase("lines | join p", TestName = "as a separator")]
    [TestCase("lines | extend n = p | get n", TestName = "as a field")]
    [TestCase("lines | aggregate n = max(p)", TestName = "in an aggregate")]
    [TestCase("lines | where p", TestName = "as a condition")]
    public void Compile_PatternAsAValue_IsRefused(string program)
    {
        foreach (string let in new[] { "let p = /x/i\n", "let q = /x/i\nlet p = q\n" })
        {
            var found = RlmProgram.Compile(let + program).Diagnostics;

            Assert.That(found, Has.Count.EqualTo(1));
            Assert.That($"{found[0].Message} {found[0].Help}", Does.Contain("a pattern").And.Contain("matches p"));
        }
    }

    // A row whose fields are not known before the run: its own field of that name goes before the let.
    [TestCase("where text matches p", "2")]
    [TestCase("where text contains p", "2")]
    [TestCase("where text not matches p", "1")]
    public async Task Run_RowsOfUnknownFields_MatchThePattern(string stage, string count)
    {
        const string Rows = "{\"text\": \"When\"}\n{\"text\": \"x\", \"p\": \"x\"}\n{\"text\": \"then\"}\n";
        var run = await ProgramRun.RunAsync(
            $"let p = /^when$/i\nlet t = \"{{context}}\"\nanswer t | parse jsonl | {stage} | count", Rows, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(count));
    }

    [TestCase("context | grep t", "the text to look for is empty, which matches everywhere")]
    [TestCase("context | split t", "the text to look for is empty, which matches everywhere")]
    public async Task Run_EmptyTextAsPattern_IsAnError(string program, string message)
    {
        var run = await ProgramRun.RunAsync($"let t = trim(\"  \")\n{program}", Text, new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.EqualTo(new[] { message }));
    }

    [Test]
    public async Task Run_NoneAsPattern_MatchesNothing()
    {
        var run = await ProgramRun.RunAsync(
            "answer context | extract \"{a}={b}\" | where a matches match(a, /never/) or not (a not matches match(a, /never/)) | count",
            Text,
            new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("2"), "`not` of what is neither is true");
    }

    private static async Task<string> ShownAsync(string program)
    {
        var run = await ProgramRun.RunAsync(program, Text, new ScriptedChatClient());
        return run.Result.Diagnostics.Count > 0 ? $"error {run.Result.Diagnostics[0].Message}"
            : run.Answer ?? string.Join("\n", run.Events.OfType<ValueShown>().Select(shown => shown.Text));
    }
}
