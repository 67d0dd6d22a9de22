namespace Rlm.Runtime.Tests.Issues;

/// <summary><c>x in [a, b]</c> holds where <c>x == a or x == b</c> does, and what is said of empty cells.</summary>
internal sealed class Issue15_MembersTests
{
    private const string Table = """
        n,t,s
        1,2026-03-01,a
        1.0,2026-03-01T10:00:00,A
        "1,000",01.03.2026,
        007,2026-3-1,""
        7,Mar 1,yes
        ,2026-03-02 23:59,true
        x,,é
        1e3,2026-03-01 00:00:00Z,7
        """;

    private static readonly string[] Operands =
    [
        "n", "t", "s", "date(t)", "number(n)", "lower(s)", "trim(s)", "1", "7", "1000", "\"1\"", "\"1.0\"", "\"007\"", "\"a\"", "\"A\"", "\"\"", "none", "true",
        "\"yes\"", "\"2026-03-01\"", "\"2026-03-02\"", "date(\"2026-03-01\")", "2026-03-01", "date(\"2026-03-01 10:00\")", "\"Mar 1\"", "e", "d", "v", "s == \"a\"", "match(s, /z/)",
    ];

    [Test]
    public async Task In_AListOfValues_MeansWhatEqualsMeansForEach()
    {
        const string lets = "let e = \"\"\nlet d = date(\"2026-03-01\")\nlet v = \"2026-03-01\"\n";
        int same = 0;
        foreach (string x in Operands)
        {
            foreach (string a in Operands)
            {
                string b = Operands[(same * 7 + 3) % Operands.Length];
                var pairs = new[]
                {
                    ($"{x} in [{a}, {b}]", $"{x} == {a} or {x} == {b}"),
                    ($"{x} not in [{a}, {b}]", $"{x} != {a} and {x} != {b}"),
                    ($"[{a}] contains {x}", $"{x} == {a}"),
                };
                foreach (var (among, equal) in pairs)
                {
                    var (members, equals) = (await CountAsync(lets, among), await CountAsync(lets, equal));
                    if (members.Result.Diagnostics.Count + equals.Result.Diagnostics.Count > 0)
                        continue;

                    Assert.That(members.Answer, Is.EqualTo(equals.Answer), $"{among} | {equal}");
                    same++;
                }
            }
        }

        Assert.That(same, Is.GreaterThan(1_000));
    }

    [Test]
    public async Task In_ALongListOfInstants_GoesByTheDay()
    {
        string instants = string.Join('\n', Enumerable.Range(1, 20).Select(day => $"2026-03-{day:00}T10:00:00"));
        var run = await RunAsync(
            "let all = context | lines | map date(it)\nanswer [\"2026-03-01\", \"2026-03-02\", \"2026-04-01\", \"2026-03-09\", \"2026-03-20\"] | where date(it) in all | count",
            instants);

        Assert.That(run.Answer, Is.EqualTo("4"));
    }

    [TestCase("where t == \"2026-03-01\" | count", "5")]
    [TestCase("where t in [\"2026-03-01\"] | count", "5")]
    [TestCase("where length(s) == 0 | count", "2")]
    [TestCase("where s matches /^$/ | count", "2")]
    [TestCase("where s == \"\" | count", "2")]
    [TestCase("where not (s contains \"a\") | count", "7")]
    [TestCase("where s not contains \"a\" | count", "7")]
    [TestCase("where s not matches /a/ | count", "7")]
    [TestCase("where s not starts with \"a\" | count", "7")]
    [TestCase("where length(s) < 2 | count", "6")]
    [TestCase("where s is none | count", "1")]
    [TestCase("aggregate a = count(length(s) == 0), b = count(s matches /^$/) by n == \"x\" | map \"{a} {b}\"", "2 2\n0 0")]
    public async Task EmptyCells_AreEmptyTextsToWhoeverLooksIntoThem(string stages, string expected)
    {
        foreach (string rows in new[] { "context | parse csv", "context | parse csv | sort by n" })
            Assert.That((await RunAsync($"answer {rows} | {stages}", Table)).Answer, Is.EqualTo(expected), rows);
    }

    private static Task<ProgramRun> CountAsync(string lets, string condition) =>
        RunAsync($"{lets}answer context | parse csv | where {condition} | map n | join \";\"", Table);

    private static Task<ProgramRun> RunAsync(string program, string text) => ProgramRun.RunAsync(program, text, new ScriptedChatClient());
}
