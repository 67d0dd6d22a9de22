namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>Functions with patterns never cut a character above U+FFFF, of which .NET's engine sees two halves.</summary>
internal sealed class PatternCharacterTests
{
    // Both are signs of the same category; the one has two units in UTF-16, the other one.
    private const string Long = "😀", Short = "☃";

    private static readonly string[] Patterns = [".", ".+", ".*", "[^a]", "\\W", "\\W+", "b?", "(b?)", "^", "$", "a|.", "(.)", ".+?", "\\D", "x*"];

    private static readonly string[] Calls =
    [
        "replace(it, /{0}/, \"_\")", "replace(it, /{0}/, \"[$0]\")", "replace(it, /{0}/, \"😀$1\")", "find_all(it, /{0}/)", "split(it, /{0}/)", "match(it, /{0}/)",
    ];

    [Test]
    public async Task Call_CharacterOfTwoUnits_IsOne([Range(0, 39)] int seed)
    {
        var random = new Random(seed);
        string text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => ((string[])["a", "b", " ", "ä", Long, Long + Long])[random.Next(6)]));
        foreach (string pattern in Patterns.OrderBy(_ => random.Next()).Take(5))
        {
            string program = $"answer context | lines | map {string.Format(null, Calls[random.Next(Calls.Length)], pattern)} | to json";
            var whole = await ProgramRun.RunAsync(program, text, new ScriptedChatClient());
            var plain = await ProgramRun.RunAsync(program.Replace(Long, Short, StringComparison.Ordinal), text.Replace(Long, Short, StringComparison.Ordinal), new ScriptedChatClient());

            Assert.That(Escaped(whole.Answer), Is.EqualTo(Escaped(plain.Answer?.Replace(Short, Long, StringComparison.Ordinal))), $"{program}\n{text}");
        }
    }

    [TestCase("replace(it, /./, \"_\")", "[\"___\"]")]
    [TestCase("replace(it, /^?/, \"_\")", "[\"_x_😀_y_\"]")]
    [TestCase("find_all(it, /./)", "[[\"x\",\"😀\",\"y\"]]")]
    [TestCase("match(it, /x./)", "[\"x😀\"]")]
    public async Task Call_SmilingFace_StaysWhole(string call, string expected) => Assert.That(
        Escaped((await ProgramRun.RunAsync($"answer context | lines | map {call} | to json", "x😀y", new ScriptedChatClient())).Answer), Is.EqualTo(expected));

    /// <summary>JSON writes such a character by its halves, or as it is.</summary>
    private static string? Escaped(string? json) => json?.Replace("\\uD83D\\uDE00", Long, StringComparison.Ordinal);
}
