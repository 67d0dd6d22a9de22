namespace Rlm.Cli.Mcp.Tools;

/// <summary>What a model is told before its first program: hosts cut descriptions at some 2,000 characters, so that the rest is in the tool for help.</summary>
internal static class RunDescription
{
    public static string Text { get; } =
        $$"""
        Runs a program of the Rlm language over files of any size, at the speed of grep. Counts, sums and groups are exact, and free. One statement a line: `let NAME = PIPELINE`, `answer PIPELINE`, or a pipeline whose value is shown. `context` is the file. In an expression `it` is the item, and a field goes by its name.
        {{List("Free", isPaid: false)}}
        {{List("Paid, only where the server was started with a model", isPaid: true)}}
        Examples:
        context | grep /ERROR/ | extract /host=(?<host>\S+)/ | count by host | top 3 by count
        context | grep /took=/ | extract /took=(?<ms>\d+)ms/ as {ms: number} | aggregate n = count(), p95 = percentile(ms, 95), slow = count(ms > 500)
        context | parse csv | where amount > 100 and country in ["DE", "FR"] | sum amount by country
        context | lines | extract "{date} {level} {text}" | where level == "WARN" | count by hour = hour(date)
        let slow = context | grep /took=\d\d\d\d+ms/
        answer "{slow | count} slow, first: {slow | first}"
        Previews are shown; lets are kept for the next program of the session. An error says what to write instead. Call `help` once for the whole language, with a topic for one operator.
        """;

    private static string List(string title, bool isPaid) =>
        $"{title}: {string.Join(", ", RlmLanguage.Operators.Where(one => one.Family == OperatorFamily.Ask == isPaid).Select(static one => one.Name).Distinct())}.";
}
