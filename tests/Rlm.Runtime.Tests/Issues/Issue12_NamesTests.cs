namespace Rlm.Runtime.Tests.Issues;

/// <summary>Columns whose names are words of the language or end in a dot, and the best rows of each group.</summary>
internal sealed class Issue12_NamesTests
{
    private const string Table = "index,desc.,by,k,n\n7,first one,x,a,3\n9,second,y,b,10\n8,third,x,a,9\n7,fourth,z,b,10\n";

    [TestCase("rows | get desc. | first", "first one")]
    [TestCase("rows | get desc | first", "first one")]
    [TestCase("rows | where desc. contains \"o\" | count", "3")]
    [TestCase("rows | map \"{it.desc.}, {desc.}\" | first", "first one, first one")]
    [TestCase("rows | sort by desc. | get desc. | last", "third")]
    [TestCase("rows | select k, desc. | first | get desc.", "first one")]
    [TestCase("rows | get k. | first", "a")]
    [TestCase("rows | count by `by`", "| by | count |\n|---|---|\n| x | 2 |\n| y | 1 |\n| z | 1 |")]
    [TestCase("rows | where index == 7 | count", "2")]
    [TestCase("rows | map index | join \",\"", "7,9,8,7")]
    [TestCase("rows | select k | map index | join \",\"", "0,1,2,3")]
    public async Task Run_ColumnOfAnyName_IsRead(string program, string answer) => await AnswersAsync(program, answer);

    [TestCase("rows | top 1 by n per k | map \"{k}{n}\" | join \" \"", "a9 b10")]
    [TestCase("rows | top 1 by n per k with ties | map \"{k}{n} {desc.}\" | join \", \"", "a9 third, b10 second, b10 fourth")]
    [TestCase("rows | top 5 by n per k | map \"{k}{n}\" | join \" \"", "a9 a3 b10 b10")]
    [TestCase("rows | top 1 by n per k, `by` | map \"{k}{`by`}{n}\" | join \" \"", "ax9 by10 bz10")]
    [TestCase("rows | top 1 by n per length(desc.) > 6 | map \"{n}\" | join \" \"", "3 10")]
    [TestCase("rows | top 0 by n per k | count", "0")]
    [TestCase("rows | where k == \"none\" | top 1 by n per k | count", "0")]
    public async Task Run_TopPerKey_TakesTheBestOfEachGroup(string program, string answer) => await AnswersAsync(program, answer);

    [Test]
    public async Task Run_TopPerKey_SaysWhichGroupsHaveTies()
    {
        var run = await ProgramRun.RunAsync("answer context | parse csv | top 1 by n per k | count", Table, new ScriptedChatClient());

        Assert.That(
            run.Result.Notes,
            Is.EqualTo(new[] { "top 1: 1 more row ties with the last one taken in 1 of 2 groups (n = 10); add `with ties`" }));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Run_TopPerKey_IsTopOfEachGroupByItself(int seed)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, 300).Select(row => $"{"abcde"[random.Next(5)]},{random.Next(40)},{row}")];
        string table = $"k,n,id\n{string.Join('\n', rows)}\n";
        foreach (string ties in new[] { "", " with ties" })
        {
            var expected = new List<string>();
            foreach (string key in rows.Select(row => row[..1]).Distinct())
                expected.Add((await ProgramRun.RunAsync(
                    $"answer context | parse csv | where k == \"{key}\" | top 3 by n{ties} | get id | join \",\"",
                    table,
                    new ScriptedChatClient())).Answer!);

            string[] forms = [$"context | parse csv | top 3 by n per k{ties}",
                $"context | parse csv | sort by id | where id >= 0 | top 3 by n{ties} per k",
                $"context | extract /(?<k>.),(?<n>\\d+),(?<id>\\d+)/ | top 3 by n per k{ties}"];
            foreach (string form in forms)
                Assert.That((await ProgramRun.RunAsync($"answer {form} | get id | join \",\"", table, new ScriptedChatClient())).Answer,
                    Is.EqualTo(string.Join(',', expected)), form);
        }
    }

    private static async Task AnswersAsync(string program, string answer)
    {
        var run = await ProgramRun.RunAsync($"let rows = context | parse csv\nanswer {program}", Table, new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        Assert.That(run.Answer?.TrimEnd('\n'), Is.EqualTo(answer));
    }
}
