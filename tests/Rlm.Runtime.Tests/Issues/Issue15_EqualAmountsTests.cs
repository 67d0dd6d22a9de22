namespace Rlm.Runtime.Tests.Issues;

/// <summary>Two columns of numbers are equal by their amounts, however these are written.</summary>
internal sealed class Issue15_EqualAmountsTests
{
    private const string Rows = "a,b,zip,other,k\n3,3.0,007,7,3\n4,4,010,010,4.0\n5,6,020,20,x\n1.50,1.5,100,100,y\n1000,1e3,200,200,1000\n";

    [TestCase("where a == b | count", "4")]
    [TestCase("where a != b | count", "1")]
    [TestCase("where a = b and b >= 3 | count", "3")]
    [TestCase("map {same: a == b} | count same", "4")]
    [TestCase("count not (a == b)", "1")]
    [TestCase("where zip == other | count", "3", Description = "digits behind a zero are an id")]
    [TestCase("where a == k | count", "2", Description = "a column with other texts is one of texts")]
    [TestCase("extend c = a, d = b | where c == d | count", "4")]
    public async Task Answer_ColumnsCompared_IsByAmounts(string stages, string answer)
    {
        var run = await ProgramRun.RunAsync($"answer context | parse csv | {stages}", Rows, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(answer), string.Join('\n', run.Result.Reasons));
    }
}
