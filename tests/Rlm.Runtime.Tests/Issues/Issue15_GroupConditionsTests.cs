namespace Rlm.Runtime.Tests.Issues;

/// <summary>A condition that a count behind <c>group by</c> takes is of each of the group's items, as in <c>aggregate</c>.</summary>
internal sealed class Issue15_GroupConditionsTests
{
    private const string Rows = "k,level,ms\na,warn,5\na,info,50\na,warn,500\nb,info,7\nb,warn,70\n";

    [TestCase("count(level == \"warn\")", "a 2, b 1")]
    [TestCase("count(level = 'warn')", "a 2, b 1")]
    [TestCase("count(ms > 6)", "a 2, b 2")]
    [TestCase("count(level == \"warn\" and ms > 6)", "a 1, b 1")]
    [TestCase("count(level matches /^w/)", "a 2, b 1")]
    [TestCase("count(level in [\"warn\", \"x\"])", "a 2, b 1")]
    [TestCase("count(length(level) == 4)", "a 3, b 2")]
    [TestCase("sum(level == \"warn\")", "a 2, b 1")]
    [TestCase("count(*)", "a 3, b 2")]
    [TestCase("count(items)", "a 3, b 2")]
    [TestCase("count(level)", "a 3, b 2")]
    [TestCase("100 * count(level == \"info\") / count()", "a 33.333333333333, b 50")]
    public async Task Answer_CountBehindGroupBy_IsAsInAggregate(string count, string answer)
    {
        foreach (string stage in new[] { $"select k, n = {count}", $"extend n = {count}", $"map {{k: k, n: {count}}}" })
        {
            var run = await ProgramRun.RunAsync($"answer context | parse csv | group by k | {stage} | map \"{{k}} {{n}}\" | join \", \"", Rows, new ScriptedChatClient());

            Assert.That(run.Answer, Is.EqualTo(answer), stage + string.Join('\n', run.Result.Reasons));
        }
    }
}
