using System.Text.RegularExpressions;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>What <c>extract</c> finds over line ends: a template with a line break, a regex with the flag <c>s</c> or a line break.</summary>
internal sealed class Issue15_SpansTests
{
    private const string Records = "# One\nname: Ada L.\nage:  36\n\n# Two\nname: Bob\nage: 7\n\n# Three\nname: Cy\nheight: 2\n";

    [TestCase("context | chunk by /^# / | extract /name: (?<name>\\S+).*?age:\\s+(?<age>\\d+)/s", "Ada:36 Bob:7")]
    [TestCase("context | chunk by /^# / | extract /name: (?<name>.+)\\nage:\\s+(?<age>\\d+)/", "Ada L.:36 Bob:7")]
    [TestCase("context | chunk by /^# / | extract \"name: {name}\\nage: {age}\"", "Ada L.:36 Bob:7")]
    [TestCase("context | extract \"name: {name}\\nage: {age}\"", "Ada L.:36 Bob:7")]
    [TestCase("context | extract \"\"\"\n# {_n}\nname: {name}\nage: {age}\n\"\"\"", "Ada L.:36 Bob:7")]
    [TestCase("context | extract /name: (?<name>[\\s\\S]+?)\\s*age:\\s+(?<age>\\d+)/", "Ada L.:36 Bob:7")]
    [TestCase("context | extract /(?s)name: (?<name>[^\\n]+?)\\n.{0,3}?age:\\s+(?<age>\\d+)/", "Ada L.:36 Bob:7")]
    [TestCase("context | paragraphs | extract \"{_h}\\nname: {name}\\nage: {age}\" as {age: number}", "Ada L.:36 Bob:7")]
    [TestCase("let t = \"name: {name}\\nage: {age}\"\ncontext | extract t", "Ada L.:36 Bob:7")]
    public async Task Extract_OverLines_IsOneRow(string program, string expected)
    {
        int last = program.LastIndexOf("context", StringComparison.Ordinal);
        string whole = $"{program[..last]}answer {program[last..]} | map \"{{name}}:{{age}}\" | join \" \"";
        foreach (string text in new[] { Records, Records.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var run = await RunAsync(whole, text);

            Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
            Assert.That(run.Answer, Is.EqualTo(expected));
        }
    }

    [TestCase("extract \"{a}: {b}\\n\" | map \"{a}={b}\" | join \" \"", "name=Ada L. age=36 name=Bob age=7 name=Cy height=2")]
    [TestCase("extract /name: (?<a>[^\\n]+)/ | get a | join \" \"", "Ada L. Bob Cy")]
    public async Task Extract_LineEndAroundTheTemplate_SaysNothing(string stages, string expected) =>
        Assert.That((await RunAsync($"answer context | {stages}")).Answer, Is.EqualTo(expected));

    [Test]
    public async Task Extract_BlankBehindTheLastHole_EndsIt() =>
        Assert.That((await RunAsync("answer context | extract \"{a}: {b} \" | map \"{a}={b}\" | join \" \"")).Answer,
            Does.StartWith("name=Ada age=36 "));

    [Test]
    public async Task Extract_TextsThatDoNotMatch_AreNotedAndThoseThatLookAlikeLost()
    {
        var run = await RunAsync("answer context | chunk by /^# / | extract \"name: {n}\\nage: {a}\" | count");

        Assert.That(run.Answer, Is.EqualTo("2"));
        Assert.That(run.Notes[0], Is.EqualTo("extract: 2 of 3 texts matched; first unmatched: line 9 `# Three name: Cy height: 2`"));
        Assert.That(run.Result.Losses.Single().Text, Does.StartWith("extract: 1 line looks like those that matched and did not match; the first: line 10"));
    }

    [TestCase("context | chunk by /^# / | extract \"town: {n}\\nage: {a}\"", "`extract` matched none of 3 texts; the first is line 1 `# One name: Ada L. age:  36`")]
    [TestCase("context | extract \"town: {n}\\nage: {a}\"", "`extract` matched none of 1 text; the first is line 1 `# One name: Ada L. age:  36  # Two name: Bob age: 7  # Three name: Cy height: 2`")]
    [TestCase("context | chunk by /^# / | extract /Ada.*\\s+age: (?<a>\\d+)/", "`extract` matched none of 9 lines; the first is line 1 `# One`")]
    public async Task Extract_NothingMatches_IsAnError(string program, string message)
    {
        var run = await RunAsync($"answer {program}");

        Assert.That(run.Result.Diagnostics.Single().Message, Is.EqualTo(message));
        if (program.Contains("\\s", StringComparison.Ordinal))
            Assert.That(run.Result.Diagnostics.Single().Help, Does.Contain("write `\\n` where it goes on"));
    }

    [Test]
    public async Task Extract_RowOverLines_StandsWhereItBegins() => Assert.That(
        (await RunAsync("answer context | extract \"name: {n}\\nage: {a}\" | map \"{cite} {n.cite} {a.line}\" | last")).Answer,
        Is.EqualTo("notes.txt:6-7 notes.txt:6 7"));

    /// <summary>Captures of random texts over several windows are those of .NET's engine.</summary>
    [Test]
    public async Task Extract_LongRandomText_EqualsTheEngine()
    {
        var random = new Random(15);
        string[] parts = ["k=", "ä", "b\n", "\n", "x", " ", "z;", "😀"];
        string text = string.Concat(Enumerable.Range(0, 60_000).Select(_ => parts[random.Next(parts.Length)]));
        const string Expression = "k=(?<a>[^;]{1,40}?)\\n(?<b>x?)(?<c>.*?);";

        var run = await RunAsync($"answer context | extract /{Expression}/s | map \"<{{a}}|{{b}}|{{c}}>\" | join \"\"", text);

        var expected = Regex.Matches(text, Expression, RegexOptions.Singleline).Select(match => $"<{match.Groups["a"]}|{match.Groups["b"]}|{match.Groups["c"]}>");
        Assert.That(run.Answer, Is.EqualTo(string.Concat(expected)));
    }

    private static Task<ProgramRun> RunAsync(string program, string context = Records) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
