namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>Who groups by <c>date(t)</c> means days: keys that keep their time of day, so that hardly two are equal, are a doubt.</summary>
internal sealed class TimeKeysTests
{
    private const string Rows = "let rows = context | parse csv\n";

    // Ten minutes apart, so that a day has 144 rows.
    private static readonly string Times =
        "at,n\n" + string.Concat(Enumerable.Range(0, 300).Select(row => $"{new DateTime(2026, 5, 1).AddMinutes(10 * row):yyyy-MM-ddTHH:mm:ssZ},{row}\n"));

    [TestCase("answer rows | count by date(at) | count", "3")]
    [TestCase("answer rows | count by day = date(at) | count", "3")]
    [TestCase("answer rows | average n by day = date(at) | top 1 by average | get day", "2026-05-03")]
    [TestCase("answer rows | aggregate n = sum(n) by day = date(at) | count", "3")]
    [TestCase("answer rows | distinct date(at) | count", "3")]
    [TestCase("answer rows | extend t = date(at) | count by bin(t, \"hour\") | count", "50")]
    [TestCase("answer rows | count by bin(at, \"10m\") | count", "300")]
    [TestCase("answer rows | count by at | count", "300")]
    public async Task Answer_KeysOfDaysOrTimesAsTheyAre_IsSure(string program, string answer)
    {
        var run = await ProgramRun.RunAsync(Rows + program, Times, new ScriptedChatClient());

        Assert.That((run.Answer, run.Result.Losses.Count), Is.EqualTo((answer, 0)), string.Join('\n', run.Result.Reasons));
    }

    [TestCase("answer rows | extend day = date(at) | count by day | count")]
    [TestCase("answer rows | extend day = date(at) | aggregate n = sum(n) by day | count")]
    [TestCase("answer rows | map date(at) | distinct | count")]
    [TestCase("answer rows | aggregate days = distinct_count(date(at)) | get days")]
    [TestCase("answer rows | extend day = date(at) | group by day | map {day} | count")]
    [TestCase("answer rows | extend day = date(at), k = n % 2 | count by day, k | count")]
    [TestCase("answer rows | extend day = date(at) | top 1 by n per day | count")]
    [TestCase("answer rows | extend day = date(at) | extend r = rank(n) per day | count r == 1")]
    [TestCase("answer rows | select day = date(at) | distinct | count")]
    public async Task Answer_KeysWithATimeOfDayEach_IsDoubtful(string program)
    {
        var run = await ProgramRun.RunAsync(Rows + program, Times, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("300"));
        Assert.That(run.Result.Losses.Select(loss => loss.Text), Has.One.Contains("since each has its time of day"), string.Join('\n', run.Result.Reasons));
    }

    [Test]
    public async Task Answer_TimesThatManyRowsShare_IsSure()
    {
        string shared = "at,n\n" + string.Concat(Enumerable.Range(0, 300).Select(row => $"2026-05-01T{row % 20:00}:00:00Z,{row}\n"));
        var run = await ProgramRun.RunAsync(Rows + "answer rows | extend t = date(at) | count by t | count", shared, new ScriptedChatClient());

        Assert.That((run.Answer, run.Result.Losses.Count), Is.EqualTo(("20", 0)));
    }
}
