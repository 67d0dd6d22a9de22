using System.Globalization;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>Functions and folds that players wrote; what is made up, or cannot be computed, is none and a loss.</summary>
internal sealed class Issue15_FunctionsTests
{
    private const string Table = "k,d,n\na,2026-01-03,1\nb,2026-01-17 05:30,2\na,2026-03-02,4\nc,2026-03,8\nc,07:15,0\n";

    [TestCase("map hour(d) | join \",\"", "5,7", "3 dates have no time of day, so that `hour` of them is none, as `2026-01-03`")]
    [TestCase("map minute(d) | join \",\"", "30,15", "3 dates have no time of day, so that `minute` of them is none, as `2026-01-03`")]
    [TestCase("map day(d) | join \",\"", "3,17,2", "2 dates have no day, so that `day` of them is none, as `2026-03`")]
    [TestCase("map day_name(d) | join \",\"", "Saturday,Saturday,Monday", "2 dates have no day, so that `day_name` of them is none, as `2026-03`")]
    [TestCase("map month_name(d) | join \",\"", "January,January,March,March", "1 date has no month, so that `month_name` of it is none, as `07:15`")]
    [TestCase("map bin(d, \"hour\") | join \",\"", "2026-01-17 05:00,07:00", "3 dates have no time of day, so that `bin` of them is none, as `2026-01-03`")]
    [TestCase("map bin(d, 1h) | join \",\"", "2026-01-17 05:00,07:00", "3 dates have no time of day, so that `bin` of them is none, as `2026-01-03`")]
    [TestCase("map bin(d, \"day\") | join \",\"", "2026-01-03,2026-01-17,2026-03-02", "2 dates have no day, so that `bin` of them is none, as `2026-03`")]
    [TestCase("map bin(d, 7d) | join \",\"", "2025-12-29,2026-01-12,2026-03-02", "2 dates have no day, so that `bin` of them is none, as `2026-03`")]
    [TestCase("map format(d, \"%H\") | join \",\"", "05,07", "3 dates have no such part as the format wants and counted as none, as `2026-01-03`")]
    [TestCase("where hour(d) < 6 | get k", "b", "3 dates have no time of day, so that `hour` of them is none, as `2026-01-03`")]
    [TestCase("map 8 / n | join \",\"", "8,4,2,1", "1 value was divided by 0 and counted as none, as `8`")]
    [TestCase("map 8 % n | join \",\"", "0,0,0,0", "1 value was divided by 0 and counted as none, as `8`")]
    [TestCase("map 8h / n | count", "5", "1 value was divided by 0 and counted as none, as `8h`")]
    [TestCase("aggregate m = sum(n) / (count() - 5)", "m: none", "1 value was divided by 0 and counted as none, as `15`")]
    public async Task Run_NotThere_IsNoneAndLost(string program, string answer, string loss)
    {
        var run = await RunAsync($"answer context | parse csv | {program}");

        Assert.That(run.Answer, Is.EqualTo(answer));
        Assert.That(run.Result.Losses.Select(lost => lost.Text), Does.Contain(loss));
    }

    [TestCase("where hour(d) != none | count", "2")]
    [TestCase("where hour(d) is none | count", "3")]
    [TestCase("where hour(d) != none | map hour(d) | join \",\"", "5,7")]
    [TestCase("map coalesce(8 / n, 0) | sum", "15")]
    [TestCase("where 8 / n is not none | count", "4")]
    [TestCase("map if n == 0 then 0 else 8 / n | sum", "15")]
    [TestCase("where n != 0 | map 8 / n | sum", "15")]
    public async Task Run_AsksWhetherItIsThere_LosesNothing(string program, string answer)
    {
        var run = await RunAsync($"answer context | parse csv | {program}");

        Assert.That(run.Answer, Is.EqualTo(answer));
        Assert.That(run.Result.Losses, Is.Empty);
    }

    [TestCase("floor(2.7)", "2")]
    [TestCase("floor(-2.1)", "-3")]
    [TestCase("ceil(-2.9)", "-2")]
    [TestCase("pad_left(\"7\", 3, \"0\")", "007")]
    [TestCase("pad_left(\"1234\", 3, \"0\")", "1234")]
    [TestCase("\"<{pad_right(\"é\", 3)}>\"", "<é  >")]
    [TestCase("[\"a\", \"b\"] | pad_left 3 \".\"", "..a\n..b")]
    [TestCase("[1.5, 2.5] | floor", "1\n2")]
    [TestCase("list(1, 2) | sum", "3")]
    [TestCase("list([1, 2]) | sum", "3")]
    [TestCase("list(\"a\") | join \"\"", "a")]
    [TestCase("concat([1], [2, 3]) | count", "3")]
    [TestCase("concat(\"a\", 1, \"b\")", "a1b")]
    [TestCase("concat(\"a\", none) is none", "true")]
    [TestCase("[[1, 2], [3]] | flatten | sum", "6")]
    [TestCase("stdev([2, 4, 4, 4, 5, 5, 7, 9])", "2.1381")]
    [TestCase("stdev([5])", "none")]
    [TestCase("stdev([10000000000.1, 10000000000.2])", "0.07071")]
    [TestCase("stdev([1h, 3h])", "1h24m51s168ms")]
    [TestCase("correlation([1, 2, 3], [2, 4, 7])", "0.993399")]
    [TestCase("correlation([1, 2, 3], [3, 2, 1])", "-1")]
    [TestCase("correlation([1, none, 3, 5], [2, 4, 6, 7])", "0.944911")]
    [TestCase("correlation([1, 2], [7, 7])", "none")]
    [TestCase("correlation([1], [2])", "none")]
    [TestCase("correlation([10000000000.1, 10000000000.2, 10000000000.4], [1, 2, 4])", "1")]
    [TestCase("correlation([1h, 2h, 3h], [1, 4, 9])", "0.989743")]
    [TestCase("month(date(\"2026-03-01\")) in [2, 3]", "true")]
    [TestCase("month_name(date(\"2026-03-01\")) == \"March\"", "true")]
    public async Task Run_Function_Gives(string expression, string answer)
    {
        var run = await RunAsync($"answer {expression}");

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        Assert.That(run.Answer, Is.EqualTo(answer));
    }

    [TestCase("where month(d) == \"Mar\"", "compare with 3, or by name: `month_name(…) == \"March\"`")]
    [TestCase("where month(d) == \"feb\"", "compare with 2, or by name: `month_name(…) == \"February\"`")]
    [TestCase("where weekday(d) in [\"Sat\", \"Sun\"]", "compare with 6, or by name: `day_name(…) == \"Saturday\"`")]
    [TestCase("where day_name(d) == \"sunday\"", "write \"Sunday\"")]
    [TestCase("where month_name(d) == \"Smarch\"", "it gives \"January\", \"February\", \"March\", \"April\", \"May\", \"June\", \"July\", \"August\", \"September\", \"October\", \"November\", \"December\"")]
    [TestCase("percentile 101 n", "give a number up to 100; the form is `percentile N [EXPR] [by [NAME =] EXPR, …]`")]
    public async Task Run_NameOfAMonth_SaysWhatToWrite(string stage, string help)
    {
        var run = await RunAsync($"answer context | parse csv | {stage}");

        Assert.That(run.Result.Diagnostics[0].Help, Is.EqualTo(help));
    }

    [Test]
    public async Task Run_FoldsOfRandomNumbers_AreThoseOfTheDefinition()
    {
        var random = new Random(15);
        var invariant = CultureInfo.InvariantCulture;
        for (int round = 0; round < 40; round++)
        {
            decimal[] numbers = [.. Enumerable.Range(0, random.Next(2, 60)).Select(_ => Math.Round((decimal)((random.NextDouble() * 2000) - 1000), random.Next(4)))];
            decimal percent = random.Next(3) == 0 ? random.Next(101) : (decimal)random.Next(1000) / 10;
            string text = string.Join('\n', numbers.Select(number => number.ToString(invariant)));
            var run = await RunAsync(string.Create(invariant, $"answer context | lines | aggregate s = stdev(it), p = percentile(it, {percent}) | to json"), text);
            var staged = await RunAsync(string.Create(invariant, $"answer [(context | lines | stdev), (context | lines | percentile {percent})] | to json"), text);

            // Two passes, and the least value of which at least so many percent are no greater.
            double mean = (double)numbers.Sum() / numbers.Length;
            double deviation = Math.Sqrt(numbers.Sum(number => Math.Pow((double)number - mean, 2)) / (numbers.Length - 1));
            decimal ranked = numbers.Order().First(value => 100m * numbers.Count(number => number <= value) >= percent * numbers.Length);
            using var made = System.Text.Json.JsonDocument.Parse(run.Answer!);
            Assert.That(made.RootElement.GetProperty("s").GetDouble(), Is.EqualTo(deviation).Within(deviation * 1e-9));
            Assert.That(made.RootElement.GetProperty("p").GetDecimal(), Is.EqualTo(ranked));
            Assert.That(staged.Answer, Is.EqualTo(run.Answer!.Replace("{\"s\":", "[", StringComparison.Ordinal).Replace("\"p\":", "", StringComparison.Ordinal).Replace('}', ']')));
        }
    }

    [Test]
    public async Task Correlation_RandomRows_IsThatOfTwoPasses()
    {
        var random = new Random(15);
        var invariant = CultureInfo.InvariantCulture;
        for (int round = 0; round < 30; round++)
        {
            (decimal X, decimal Y)[] pairs = [.. Enumerable.Range(0, random.Next(3, 40)).Select(_ => (Next(), Next()))];
            string text = "k,x,y\n" + string.Join('\n', pairs.Select((pair, i) => string.Create(invariant, $"{i % 2},{pair.X},{pair.Y}")));
            var run = await RunAsync("answer context | parse csv | aggregate c = correlation(x, y) | map c | to json", text);
            var beside = await RunAsync("answer context | parse csv | extend c = correlation(x, y) per k | map c | to json", text);

            using var made = System.Text.Json.JsonDocument.Parse(run.Answer!);
            Assert.That(made.RootElement.GetDouble(), Is.EqualTo(Of(pairs)).Within(1e-12), text);
            using var perKey = System.Text.Json.JsonDocument.Parse(beside.Answer!);
            if (pairs.Length > 4)
                Assert.That(perKey.RootElement[0].GetDouble(), Is.EqualTo(Of([.. pairs.Where((_, i) => i % 2 == 0)])).Within(1e-12), text);
        }

        decimal Next() => Math.Round((decimal)((random.NextDouble() * 2000) - 1000), random.Next(4));

        static double Of((decimal X, decimal Y)[] pairs)
        {
            double meanX = pairs.Average(pair => (double)pair.X), meanY = pairs.Average(pair => (double)pair.Y);
            double together = pairs.Sum(pair => ((double)pair.X - meanX) * ((double)pair.Y - meanY));
            return together / Math.Sqrt(pairs.Sum(pair => Math.Pow((double)pair.X - meanX, 2)) * pairs.Sum(pair => Math.Pow((double)pair.Y - meanY, 2)));
        }
    }

    [Test]
    public async Task Correlation_PairsThatCannotBeRead_AreLeftOutAndCounted()
    {
        var run = await RunAsync("answer context | parse csv | aggregate c = correlation(x, y)", "x,y\n1,2\n2,4\nthree,5\n4,\n3,7\n");

        Assert.That(run.Answer, Does.Contain("0.993399"));
        Assert.That(string.Join("\n", run.Result.Losses.Select(lost => lost.Text)), Does.Contain("`three`"));
    }

    [Test]
    public async Task Stdev_FarFromZero_CancelsNothing()
    {
        var run = await RunAsync("answer context | lines | stdev | to json", "1000000000000000000001\n1000000000000000000002\n1000000000000000000003");

        Assert.That(run.Answer, Is.EqualTo("1"));
    }

    [Test]
    public async Task Sort_LabelsWithoutItemsStandFirst_SaysSo()
    {
        var model = new ScriptedChatClient("[1] a\n[2] a");
        var run = await ProgramRun.RunAsync("answer context | lines | extend k = llm \"Which?\" as one of [\"a\", \"b\", \"c\"] | count by k | sort by count | first | get k", "x\ny", model);

        Assert.That(run.Answer, Is.EqualTo("b"));
        Assert.That(run.Notes, Does.Contain("sort: 2 labels without items stand first, with count 0; `where count > 0` leaves them out"));
    }

    private static Task<ProgramRun> RunAsync(string program, string context = Table) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
