namespace Rlm.Runtime.Tests.Language;

/// <summary>Calls of other languages mean what their authors mean: compared with what Python and pandas give.</summary>
internal sealed class MisreadCallsTests
{
    private const string Table = "id,name,team,n,note\n1,Ann,red,10,hello\n2,bob,blue,,\n3,Cid,red,7,\"\"\n4,dan,,10,x\n5,Eve,blue,3,hello world\n";

    [TestCase("sorted(rows, key=lambda r: (r.n, r.name)) | get name", "Eve\nCid\nAnn\ndan\nbob")]
    [TestCase("max(rows, key=lambda r: (r.n, r.name)).name", "dan")]
    [TestCase("share(rows, n > 9)", "0.4")]
    [TestCase("rows.share(r => r.team == \"nope\")", "0")]
    [TestCase("count(rows, n > 9)", "2")]
    [TestCase("sum(rows, n)", "30")]
    [TestCase("rows.groupby(\"team\").count() | where team == \"red\" | get count", "2")]
    [TestCase("rows | get note | grep /hello/ | count", "2")]
    [TestCase("rows | get note | words | count", "4")]
    [TestCase("[\"a1\", \"b2\", none, \"c\"] | extract \"a{n}\" | count", "1")]
    [TestCase("[date(\"2026-03-01 09:05\"), date(\"2026-03-02\")] | where it == \"2026-03-01\" | count", "1")]
    public async Task Answer_Call_IsWhatItsAuthorMeans(string expression, string expected)
    {
        var run = await Tests.ProgramRun.RunAsync($"let rows = context | parse csv\nanswer {expression}", Table, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(expected), string.Join('\n', run.Result.Reasons));
    }

    [TestCase("where t == \"2026-03-01\"", 2)]
    [TestCase("where t != \"2026-03-01\"", 1)]
    public async Task Where_TimeAndADay_IsThatDay(string stage, int expected)
    {
        var run = await Tests.ProgramRun.RunAsync(
            $"answer context | parse csv | {stage} | count", "t\n2026-03-01 09:05\n2026-03-01 10:00\n2026-03-02 10:00\n", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo($"{expected}"));
    }

    [TestCase("rows | top 2 by (n, name)", "a list has no order")]
    [TestCase("rows | sort by [n, name]", "a list has no order")]
    [TestCase("rows | where name starts with (\"A\", \"H\")", "`starts with` looks for one text, and this is a list")]
    [TestCase("rows[[\"name\", \"n\"]]", "an index is a place, or the name of a field, and this is a list")]
    [TestCase("rows | drop_duplicates(\"team\", keep=\"last\")", "`\"last\"` is the same for every item")]
    public async Task Answer_CallThatMeansNothing_IsRefused(string expression, string message)
    {
        var run = await Tests.ProgramRun.RunAsync($"let rows = context | parse csv\nanswer {expression}", Table, new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Does.Contain(message));
    }
}
