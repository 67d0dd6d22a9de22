namespace Rlm.Runtime.Tests.Execution;

/// <summary>The account of a run says what its stages read, and how much of it did not match.</summary>
internal sealed class ReadingsTests
{
    private const string Log = "a=1\n\nb\na=2\nc\n";

    private const string Table = "k,n\na,1\nb,\"x\"y\nc,3\n";

    [TestCase(Log, "answer context | lines | count", "lines 5 line 0")]
    [TestCase(Log, "answer context | lines | where it contains \"a\" | count", "lines 5 line 0")]
    [TestCase(Log, "answer context | lines | first 2 | join \";\"", "lines 2 line 0")]
    [TestCase(Log, "answer context | extract /a=(?<n>\\d)/ | count", "extract 4 line 2")]
    [TestCase(Log, "answer context | lines | extract /a=(?<n>\\d)/ | count", "lines 5 line 0; extract 4 line 2")]
    [TestCase(Log, "let rows = context | extract /a=(?<n>\\d)/\nanswer \"{rows | count} {rows | sum number(n)}\"", "extract 4 line 2")]
    [TestCase(Log, "context | lines | count\nanswer context | lines | count", "lines 5 line 0")]
    [TestCase(Log, "let a = context | lines | first 1\nlet b = context | lines | count\nanswer \"{a} {b}\"", "lines 5 line 0")]
    [TestCase(Log, "let a = (context | parse csv) | count\nanswer (context | parse csv | count) + a", "parse csv 3 row 0")]
    [TestCase(Log, "answer context | lines | grep \"A\" | count", "lines 5 line 0")]
    [TestCase(Log, "answer context | lines | where it contains \"b\" | grep \"B\" | count", "lines 5 line 0")]
    [TestCase(Log, "answer context | grep /a/ | count", "")]
    [TestCase(Log, "answer context | lines | map count((it | lines)) | sum", "lines 5 line 0")]
    [TestCase(Table, "answer context | parse csv | count", "parse csv 3 row 1")]
    [TestCase(Table, "answer context | parse csv | first 1 | get k | join \"\"", "parse csv 1 row 0")]
    [TestCase(Table, "answer context | parse csv | extract k /a(?<m>.?)/ | count", "parse csv 3 row 1; extract 2 row 1")]
    [TestCase("{\"a\": 1}\nno\n", "answer context | parse jsonl | count", "parse jsonl 2 line 1")]
    public async Task Run_Stages_TellWhatTheyRead(string context, string program, string readings)
    {
        var run = await ProgramRun.RunAsync(program, context, new ScriptedChatClient());

        Assert.That(run.Answer, Is.Not.Null);
        Assert.That(
            string.Join("; ", run.Result.Usage.Readings.Select(reading => $"{reading.Stage} {reading.Count} {reading.Unit} {reading.Unmatched}")), Is.EqualTo(readings));
    }
}
