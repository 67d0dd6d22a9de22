using System.Text;

namespace Rlm.Runtime.Tests.Shards;

/// <summary>Texts of which shards leave out what a run tells of: the merge tells the same.</summary>
internal sealed class ShardedTextsTests
{
    private const int MostShards = 4;

    [Test]
    public async Task Merge_LinesOfOtherCase_HaveTheNotesOfTheRun(
        [Values("grep not /host/ | count", "grep not \"host\" | count", "grep not /host/i | count", "grep /host/ | count", "grep not /host/")] string program,
        [Values("x\nHost\nx\nHOST\nx\n", "Host\nx\nHost\n", "x\nhost\nHost\nx\n", "Host\n", "x\nx\n", "HOST\nx\nx\nx\nhost\n")] string text) =>
        await RequireSameAsync(program, Encoding.UTF8.GetBytes(text));

    [Test]
    public async Task Merge_BlankLines_AreCountedAsInTheRun(
        [Values("/^(?<x>\\s*)$/", "/^(?<x>a?)\\s*$/", "/(?<x>.*)/", "/(?<x>b)/")] string pattern, [Values("count by x", "count")] string fold) =>
        await RequireSameAsync($"extract {pattern} | {fold}", "a\n\n \n\nb\n\n\t\na\n\nb\n \n"u8.ToArray());

    [Test]
    public async Task Merge_TextThatIsNotUtf8_IsToldAsInTheRun(
        [Values("grep /x/ | count", "grep /x/", "extract /k=(?<k>.)/ | count by k", "lines | count", "grep /caf/ | count")] string program,
        [Values(1, 3, 40)] int every)
    {
        string text = string.Concat(Enumerable.Range(1, 90).Select(i => $"x k={i % 3} {(i % every == 0 ? "caf\u00E9 d\u00E9j\u00E0" : "plain")}\n"));
        await RequireSameAsync(program, Encoding.Latin1.GetBytes(text));
        await RequireSameAsync(program, [.. Encoding.UTF8.GetBytes(text), (byte)'x', 0xC3, (byte)'\n', (byte)'y', 0xFF, (byte)'\n']);
    }

    /// <summary>Stretches that end with empty lines are cited with them.</summary>
    [TestCase("grep /^$|a/ | chunk 2 lines | map \"{cite}\"", "a\nb\nc\n\n", "text:1-4")]
    [TestCase("grep /^$|a/ | chunk 2 lines | map \"{cite}\"", "a\r\nb\r\n\r\nc\r\n", "text:1-3")]
    [TestCase("chunk 2 lines | map \"{cite}\"", "a\n\nb\nc\n", "text:1-2, text:3-4")]
    [TestCase("chunk 3 lines | map \"{cite}\"", "a\n\n\nb\n", "text:1-3, text:4")]
    [TestCase("chunk 2 lines | map \"{cite}\"", "a\nb\n", "text:1-2")]
    [TestCase("paragraphs | map \"{cite}\"", "a\nb\n\n\nc\n", "text:1-2, text:5")]
    public async Task Merge_StretchThatEndsWithAnEmptyLine_IsCitedWithIt(string program, string text, string cites)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await RequireSameAsync(program, bytes);

        var run = await ProgramRun.RunAsync(new RlmSession(new ScriptedChatClient(), Variables(bytes)), $"answer context | {program} | join \", \"");
        Assert.That(run.Answer, Is.EqualTo(cites));
    }

    private static async Task RequireSameAsync(string program, byte[] text)
    {
        string whole = await ShardedRun.TellAsync(program, Variables(text), new ScriptedChatClient());
        for (int count = 1; count <= MostShards; count++)
            Assert.That(await ShardedRun.TellMergedAsync(program, () => Variables(text), new ScriptedChatClient(), count), Is.EqualTo(whole), $"{count} shards");
    }

    private static IReadOnlyList<RlmVariable> Variables(byte[] text) => [RlmVariable.Text("context", TextSource.FromBytes(text))];
}
