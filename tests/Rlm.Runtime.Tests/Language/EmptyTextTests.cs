namespace Rlm.Runtime.Tests.Language;

/// <summary>An empty cell is none, and whoever compares it with the empty text means it too.</summary>
internal sealed class EmptyTextTests
{
    private const string Table = "a,b\n1,\n2,x\n3,\"\"\n4,y\n";

    [TestCase("b == \"\"", "1\n3")]
    [TestCase("\"\" == b", "1\n3")]
    [TestCase("b != \"\"", "2\n4")]
    [TestCase("not (b == \"\")", "2\n4")]
    [TestCase("trim(b) == \"\"", "1\n3")]
    [TestCase("b in [\"\", \"y\"]", "1\n3\n4")]
    [TestCase("b not in [\"\", \"y\"]", "2")]
    [TestCase("b == \"\" and b != none", "3")]
    [TestCase("b == \"x\"", "2")]
    [TestCase("b != \"x\"", "1\n3\n4")]
    public async Task Where_ComparedWithTheEmptyText_TakesEmptyCells(string condition, string expected)
    {
        foreach (string rows in new[] { "context | parse csv", "context | parse csv | sort by a", "[{a: 1, b: none}, {a: 2, b: \"x\"}, {a: 3, b: \"\"}, {a: 4, b: \"y\"}]" })
        {
            var run = await Tests.ProgramRun.RunAsync($"answer {rows} | where {condition} | get a", Table, new ScriptedChatClient());
            Assert.That(run.Answer, Is.EqualTo(expected), rows);
        }
    }

    [Test]
    public async Task Count_OfEmptyCells_IsHowManyThereAre() =>
        Assert.That((await Tests.ProgramRun.RunAsync("let r = context | parse csv | aggregate x = count(b == \"\"), y = count(b != \"\")\nanswer \"{r.x} {r.y}\"", Table, new ScriptedChatClient())).Answer, Is.EqualTo("2 2"));
}
