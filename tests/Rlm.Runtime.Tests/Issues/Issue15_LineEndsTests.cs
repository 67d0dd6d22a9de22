namespace Rlm.Runtime.Tests.Issues;

/// <summary>A pattern finds the same in texts whose lines end in LF and in CRLF.</summary>
internal sealed class Issue15_LineEndsTests
{
    private const string Text = "# One\nname: Ada\nage: 36\n\n\n# Two\nname: Bob é\nage: 7 \n\n# Three\nname: Cy\nheight: 2\n";
    private const string Table = "id,note\n1,\"a: 1\nb: 2\n\nc: 3\"\n2,plain\n3,\"é\n\n\nend\"\n4,\n";

    private static readonly string[] Patterns =
    [
        "/$/", "/^/", "/\\d$/", "/^name.*$/", "/\\n/", "/\\n\\n/", "/\\n+/", "/\\r?\\n/", "/\\r\\n/", "/(\\r\\n|\\n)+/", "/[\\r\\n]+/", "/\\s*$/", "/\\s+/",
        "/.+/", "/.*: (.+)/", "/(?s)name.*?age/", "/(?<k>\\w+): (?<v>.*)\\n/", "/[^\\n]+\\n[^\\n]+/", "/\\Aname|\\d\\z/", "/a$\\n?/i", "/e: [^a]*/",
        "/\\n\\n# (\\w+)$/", "\"\\n\"", "\"\\n\\n\"", "\"\\r\\n\"", "\"a\\n\"", "\": 2\\n\\n\"", "\"e\\nname\"", "\"é\\n\"", "\": 1\\nb\"",
    ];

    private static readonly string[] Uses =
    [
        "map replace(it, P, \"<>\")", "map replace(it, P, \"\")", "map count(split(it, P))", "split(P)", "map \"{match(it, P)}|\"", "where it matches P",
        "where it not matches P", "where it contains P", "split P", "chunk by P", "grep P", "replace(P, \"-\")", "map count(it | split P)",
        "group by it matches P | count by key", "extend hit = it matches P | get hit",
    ];

    private static readonly string[] Sources =
    [
        "context", "context | lines", "context | paragraphs", "context | chunk 3 lines", "context | chunk by /^#/", "context | chunk into 2",
        "context | chunk 30 chars", "[context]", "[context] | where true", "[\"{context}\"]",
    ];

    [Test]
    public async Task EveryUseOfAPattern_OverEitherLineEnd_GivesTheSame()
    {
        int same = 0, told = 0;
        foreach (string source in Sources.Where(source => !source.Contains("chars", StringComparison.Ordinal)))
        {
            foreach (string use in Uses.Where(use => source != "context" || use[0] is 's' or 'c' or 'g' or 'r'))
            {
                foreach (string pattern in Patterns)
                {
                    string program = $"answer {source} | {use.Replace("P", pattern, StringComparison.Ordinal)}";
                    (same, told) = await AreSameAsync(program, Text) ? (same + 1, told) : (same, told + 1);
                }
            }
        }

        Assert.That(same, Is.GreaterThan(1_500), $"{told} are refused");
    }

    [Test]
    public async Task EveryUseOfAPattern_InQuotedCells_GivesTheSame()
    {
        int same = 0;
        foreach (string use in Uses.Where(use => use.Contains("it", StringComparison.Ordinal)))
        {
            foreach (string pattern in Patterns)
            {
                string stages = use.Replace("it", "note", StringComparison.Ordinal).Replace("P", pattern, StringComparison.Ordinal);
                same += await AreSameAsync($"answer context | parse csv | {stages}", Table) ? 1 : 0;
                same += await AreSameAsync($"answer context | parse csv | extract note {pattern} | count", Table) ? 1 : 0;
                same += await AreSameAsync($"answer context | parse csv | get note | {use.Replace("P", pattern, StringComparison.Ordinal)}", Table) ? 1 : 0;
            }
        }

        Assert.That(same, Is.GreaterThan(400));
    }

    [TestCase("answer match(context, /^name: (.*)$/)", "Ada")]
    [TestCase("answer match(context, /age: \\d+$/)", "age: 36")]
    [TestCase("answer count(split(context, /\\n\\n/))", "3")]
    [TestCase("answer context | chunk by \"\\n\\n\" | count", "3")]
    [TestCase("answer context | chunk by /\\n\\n+/ | map match(it, /# \\w+/) | join \",\"", "# One,# Two,# Three")]
    [TestCase("answer context | chunk by /\\n# T/ | map \"{first(lines(it))}\" | join \",\"", "# One,# Two,# Three")]
    [TestCase("answer context | split \"\\n\\n\" | map length(it) | join \",\"", null)]
    [TestCase("answer replace(context, /\\d+$/, \"N\") | grep /N$/ | count", "2")]
    public async Task Patterns_AtLineEnds_FindThem(string program, string? expected)
    {
        foreach (string text in new[] { Text, Text.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var run = await RunAsync(program, text);

            Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
            if (expected is not null)
                Assert.That(run.Answer, Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Replace_OverCrlf_KeepsTheOtherLineEnds() =>
        Assert.That((await RunAsync("answer replace(context, /b$/, \"x\")", "a\r\nb\r\nc\r\n")).Answer, Is.EqualTo("a\r\nx\r\nc\r\n"));

    [TestCase("answer count(split(context, \"\\r\\n\"))", "3")]
    [TestCase("answer context | split \"\\r\\n\" | count", "2")]
    [TestCase("answer replace(context, /\\r/, \"\")", "a\nb\n")]
    [TestCase("answer count(split(context, /\\r/))", "3")]
    [TestCase("answer context matches /a\\r$/", "true")]
    public async Task Patterns_ThatAskForACr_SeeIt(string program, string expected) =>
        Assert.That((await RunAsync(program, "a\r\nb\r\n")).Answer, Is.EqualTo(expected));

    private static async Task<bool> AreSameAsync(string program, string text)
    {
        var lf = await RunAsync(program, text);
        var crlf = await RunAsync(program, text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.That(
            string.Join('\n', crlf.Result.Diagnostics.Select(diagnostic => diagnostic.Message)),
            Is.EqualTo(string.Join('\n', lf.Result.Diagnostics.Select(diagnostic => diagnostic.Message))), program);
        Assert.That(crlf.Answer?.Replace("\r\n", "\n", StringComparison.Ordinal), Is.EqualTo(lf.Answer), program);
        return lf.Answer is not null;
    }

    private static Task<ProgramRun> RunAsync(string program, string text) => ProgramRun.RunAsync(program, text, new ScriptedChatClient());
}
