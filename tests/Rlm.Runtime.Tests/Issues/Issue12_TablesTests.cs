using System.Globalization;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>A cell keeps its text, and is read by what it is compared with or computed in.</summary>
internal sealed class Issue12_TablesTests
{
    [TestCase("1,2,3,")]
    [TestCase("7")]
    [TestCase("2024-01-02 ")]
    public async Task Run_HeaderOfMegabytes_IsRead(string figure)
    {
        string line = string.Concat(Enumerable.Repeat(figure, 4_000_000 / figure.Length));
        var run = await ProgramRun.RunAsync("answer context | parse tsv | count", $"{line}\n{line}\n", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("1"));
    }

    [TestCase("parse csv | count by build | count", "4")]
    [TestCase("parse csv | where build == \"1.10\" | count", "1")]
    [TestCase("parse csv | where build == 1.1 | count", "2")]
    [TestCase("parse csv | where build > 1.15 | count", "2")]
    [TestCase("parse csv | distinct by build | get build", "1.1\n1.10\n1.2\n1.20")]
    [TestCase("parse csv | to csv", "build\n1.1\n1.10\n1.2\n1.20")]
    [TestCase("parse csv | to jsonl", "{\"build\":\"1.1\"}\n{\"build\":\"1.10\"}\n{\"build\":\"1.2\"}\n{\"build\":\"1.20\"}")]
    [TestCase("parse csv | sum build", "4.6")]
    [TestCase("parse csv | where build matches /0$/ | count", "2")]
    [TestCase("parse csv | map \"v{build}\" | last 1", "v1.20")]
    public async Task Run_ColumnOfVersions_KeepsThem(string program, string expected) =>
        Assert.That(await AnswerOf(program, "build\n1.1\n1.10\n1.2\n1.20\n"), Is.EqualTo(expected));

    [TestCase("parse csv | last 1 | get zip", "02134")]
    [TestCase("parse csv | skip 300 | to csv", "zip\n02134")]
    [TestCase("parse csv | count by zip | last 1 | get zip", "02134")]
    [TestCase("parse csv | where zip == \"02134\" | count", "1")]
    public async Task Run_CodeBehindNumbers_IsKept(string program, string expected) =>
        Assert.That(
            await AnswerOf(program, Column("zip", Enumerable.Range(10_000, 300).Select(Text).Append("02134"))), Is.EqualTo(expected));

    [TestCase("parse csv | where id == \"A17\" | count", "1")]
    [TestCase("parse csv | where id == \"abc\" | count", "0")]
    [TestCase("parse csv | where id > 1299 | count", "0")]
    [TestCase("parse csv | where id > 1298 | count", "1")]
    [TestCase("parse csv | map lower(id) | last 1", "a17")]
    [TestCase("parse csv | get id | grep \"A\" | count", "1")]
    [TestCase("parse csv | max id", "1299")]
    [TestCase("parse csv | sort by id | last 1 | get id", "A17")]
    [TestCase("parse csv | top 1 by id | get id", "1299")]
    public async Task Run_TextBehindNumbers_IsThere(string program, string expected) =>
        Assert.That(await AnswerOf(program, Column("id", Enumerable.Range(1_000, 300).Select(Text).Append("A17"))), Is.EqualTo(expected));

    [TestCase("parse csv | max age", "87", "max: 1 of 3 values of `age` is not a number and comes last, as `Unknown`")]
    [TestCase("parse csv | sum age", "91", "sum: 1 of 3 values of `age` is not a number and was left out, as `Unknown`")]
    [TestCase("parse csv | where age > 4 | count", "1", "1 value of `age` could not be read as a number and counted as none, as `Unknown`")]
    [TestCase("parse csv | aggregate a = average(age) | get a", "45.5", "average: 1 of 3 values of `age` is not a number and was left out, as `Unknown`")]
    [TestCase("parse csv | map age * 2", "8\nnone\n174", "1 value of `age` could not be read as a number and counted as none, as `Unknown`")]
    public async Task Run_UnreadableAmongNumbers_IsCounted(string program, string expected, string note)
    {
        var run = await RunAsync(program, "age\n4\nUnknown\n87\n");

        Assert.That(run.Answer, Is.EqualTo(expected));
        Assert.That(run.Notes, Does.Contain(note));
    }

    [TestCase("parse csv | sum menge", "stoff;menge\na;0,125\nb;0,250\nc;1,500\n", "1.875")]
    [TestCase("parse csv | sum menge", "stoff;menge\na;1,500\nb;0,250\nc;0,125\n", "1.875")]
    [TestCase("parse csv | sum menge", "stoff;menge\na;1.234,56\nb;1.000\n", "2234.56")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,\"1,500\"\nb,\"1,234,567\"\n", "1236067")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,\"1,500\"\n", "1500")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,1.500\nb,1.5\n", "3")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,\"1,500\"\nb,\"2,5\"\n", "4")]
    [TestCase("parse csv | sum menge", "stoff;menge\na;1,500\n", "none")]
    [TestCase("parse csv | sum menge", "stoff;menge\na;1,500\nb;2,5\nc;1,234.5\n", "1237")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,(123)\nb,-1\n", "-124")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,€ 5\nb,\"€1,234.50\"\n", "1239.5")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,€ 5\nb,$ 7\nc,1\n", "1")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,12 %\nb,50%\n", "62")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,12 %\nb,0.5\n", "0.5")]
    [TestCase("parse csv | sum menge", "stoff,menge\na,1e-14\nb,3k\n", "0.00000000000001")]
    [TestCase("extract /=(?<menge>\\S+)/ | sum menge", "a=1,500\nb=2,5\n", "4")]
    [TestCase("grep \"=\" | extract /=(?<menge>\\S+)/ | sum menge", "a=1,500\nb=2,5\n", "4")]
    [TestCase("parse jsonl | sum menge", "{\"menge\":\"1,500\"}\n{\"menge\":\"0,125\"}\n", "1.625")]
    [TestCase("parse json | sum menge", "[{\"menge\":\"1,500\"},{\"menge\":\"0,125\"}]", "1.625")]
    [TestCase("extract /=(?<menge>\\S+)/ as {menge: number} | sum menge", "a=1,500\nb=2,5\n", "4")]
    public async Task Run_NumbersAsWritten_AreReadAsTheirColumnShows(string program, string text, string expected) =>
        Assert.That(await AnswerOf(program, text), Is.EqualTo(expected));

    [TestCase("parse csv | max d", "d\n2015-6-9\n2015-6-30\n2015-6-10\n", "2015-6-30")]
    [TestCase("parse csv | sort by d | get d", "d\n2015-6-9\n2015-6-30\n2015-6-10\n", "2015-6-9\n2015-6-10\n2015-6-30")]
    [TestCase("parse csv | top 1 by d | get d", "d\n2015-6-9\n2015-6-30\n2015-6-10\n", "2015-6-30")]
    [TestCase("parse csv | sum n by m = month(when) | map \"{m} {sum}\"", "when,n\n31/12/2025,5\n02/01/2026,7\n", "12 5\n1 7")]
    [TestCase("parse csv | sum n by m = month(when) | map \"{m} {sum}\"", "when,n\n02/01/2026,7\n31/12/2025,5\n", "1 7\n12 5")]
    [TestCase("parse csv | max when", "when,n\n02/01/2026,7\n31/12/2025,5\n", "02/01/2026")]
    [TestCase("parse csv | where when > date(\"2026-01-01\") | count", "when,n\n02/01/2026,7\n31/12/2025,5\n", "1")]
    [TestCase("parse csv | map month(when)", "when\n02/01/2026\n31/12/2025\n12/31/2025\n", "none\n12\n12")]
    [TestCase("parse csv | map end - start", "start,end\n2026-01-01,2026-01-03\n", "2d")]
    [TestCase("parse csv | map total - paid", "total,paid\n5,3.5\n", "1.5")]
    [TestCase("parse csv | map total + paid", "total,paid\n5,3.5\n", "8.5")]
    [TestCase("parse csv | where low < high | count", "low,high\n9,10\n10,9\n", "1")]
    [TestCase("extract /len: (?<t>\\d+)/ | max t", "len: 967\nlen: 1910\nlen: 23370\n", "23370")]
    [TestCase("extract /len: (?<t>\\d+)/ | sort by t desc | get t", "len: 967\nlen: 1910\nlen: 23370\n", "23370\n1910\n967")]
    [TestCase("lines | max", "967\n1910\n23370\n", "23370")]
    public async Task Run_Order_GoesByWhatTheValuesRead(string program, string text, string expected) =>
        Assert.That(await AnswerOf(program, text), Is.EqualTo(expected));

    [Test]
    public async Task Run_DatesThatNothingTells_AreNotedAsGuessed()
    {
        var run = await RunAsync("parse csv | map month(d)", "d\n03/04/2025\n");

        Assert.That(run.Answer, Is.EqualTo("3"));
        Assert.That(run.Notes.Single(), Does.Contain("`d`").And.Contain("month is taken"));
    }

    [TestCase("parse jsonl | where p > 0 | count", "{\"p\":3.2e-45}", "1")]
    [TestCase("parse jsonl | to jsonl", "{\"p\":3.2e-45,\"q\":1.10}", "{\"p\":3.2e-45,\"q\":1.10}")]
    [TestCase("parse jsonl | count by id | count", "{\"id\":123456789012345678901234567890}\n{\"id\":123456789012345678901234567891}\n", "2")]
    [TestCase("parse jsonl | distinct by id | to jsonl", "{\"id\":123456789012345678901234567890}\n", "{\"id\":123456789012345678901234567890}")]
    [TestCase("parse jsonl | count by v | count", "{\"v\":1.10}\n{\"v\":1.1}\n", "1")]
    [TestCase("parse jsonl | sum v", "{\"v\":79228162514264337593543950335}\n{\"v\":79228162514264337593543950335}\n", "1.58456325028529E+29")]
    [TestCase("parse jsonl | max v", "{\"v\":1e300}\n{\"v\":-1e300}\n{\"v\":5}\n", "1e300")]
    [TestCase("parse jsonl | sort by v | get v", "{\"v\":1e300}\n{\"v\":-1e300}\n{\"v\":5}\n", "-1e300\n5\n1e300")]
    [TestCase("parse jsonl | map v * 2", "{\"v\":1e300}\n", "2E+300")]
    public async Task Run_NumbersBeyondDecimal_AreKept(string program, string text, string expected) =>
        Assert.That(await AnswerOf(program, text), Is.EqualTo(expected));

    [TestCase("parse csv | to jsonl", "a,b\n1,2.50\n20,3.75\n", "{\"a\":1,\"b\":2.50}\n{\"a\":20,\"b\":3.75}")]
    [TestCase("parse csv | to jsonl", "a,b\n1,+5\nx,7\n", "{\"a\":\"1\",\"b\":\"+5\"}\n{\"a\":\"x\",\"b\":\"7\"}")]
    [TestCase("parse csv | to jsonl", "a\n1234567890123456\n", "{\"a\":\"1234567890123456\"}")]
    public async Task Run_ExportOfCells_WritesNumbersWhereNothingIsLost(string program, string text, string expected) =>
        Assert.That(await AnswerOf(program, text), Is.EqualTo(expected));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Column(string name, IEnumerable<string> cells) => $"{name}\n{string.Join('\n', cells)}\n";

    private static async Task<string?> AnswerOf(string program, string text) => (await RunAsync(program, text)).Answer;

    private static async Task<ProgramRun> RunAsync(string program, string text)
    {
        var run = await ProgramRun.RunAsync($"answer {program}", text, new OfflineChatClient());
        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        return run;
    }
}
