namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>The order that <c>&lt;</c> sees in two texts is the one that <c>sort</c> puts them in.</summary>
internal sealed class TextOrderTests
{
    private static readonly string[] Texts =
    [
        "", " ", "9", "10", "-2", "1.5", "1,250", "007", "2026-03-01", "2026-03-01 09:05", "20260302", "1 Mar 2026", "a", "B", "b", "ä", "a@x.de", "Zoe", "x1", "v9", "v10",
    ];

    // A clock time has an order beside a time of day alone, which one order of many cannot have.
    private static readonly string[] Times = ["00:01:02", "00:10:00", "09:05", "23:59:59", "00:01:02,345", "noon"];

    [Test]
    public async Task Less_TwoTexts_AgreesWithSort()
    {
        var pairs = new[] { Texts, Times }.SelectMany(texts => texts.SelectMany(left => texts.Select(right => (left, right)))).ToList();
        string rows = string.Join(", ", pairs.Select(pair => $"{{a: \"{pair.left}\", b: \"{pair.right}\"}}"));
        var run = await ProgramRun.RunAsync(
            $"let rows = [{rows}]\nanswer rows | map \"{{it.a < it.b}} {{it.a > it.b}} {{it.a <= it.b}} {{([it.a, it.b] | sort | first) == it.a}}\" | join \"|\"", "x", new ScriptedChatClient());

        Assert.That(run.Answer, Is.Not.Null, run.Result.ToString());
        string[] orders = run.Answer!.Split('|');
        Assert.That(orders, Has.Length.EqualTo(pairs.Count));
        Assert.Multiple(() =>
        {
            for (int i = 0; i < pairs.Count; i++)
            {
                bool[] of = [.. orders[i].Split(' ').Select(bool.Parse)];
                var (less, greater, lessOrEqual, isFirst) = (of[0], of[1], of[2], of[3]);
                Assert.That(less && greater, Is.False, $"{pairs[i]}");
                Assert.That(!less || (isFirst && lessOrEqual), $"{pairs[i]} is less and not first");
                Assert.That(!greater || !isFirst, $"{pairs[i]} is greater and first");
            }
        });
    }

    [Test]
    public async Task Less_TextsThatReadAlike_IsTheOrderOfWhatTheyAre()
    {
        var run = await RunAsync("answer context | extract \"{a} {b}\" | where a < b | map \"{a} {b}\"", "9 10\n10 9\n00:01:02 00:10:00\nanna@x zoe@x\nzoe@x anna@x\n");

        Assert.That(run.Answer, Is.EqualTo("9 10\n00:01:02 00:10:00\nanna@x zoe@x"));
        Assert.That(run.Result.Losses, Is.Empty);
    }

    [TestCase("answer context | extract \"{a} {b}\" | where a < b | count", "9 10\nx 10\n9 x\n", "1", Description = "a number beside another text")]
    [TestCase("answer context | lines | where it < \"1.10.0\" | count", "1.9.0\n1.2.0\n", "0", Description = "figures of other lengths than those of the program")]
    public async Task Less_TextsWithoutAnOrder_IsLost(string program, string context, string answer)
    {
        var run = await RunAsync(program, context);

        Assert.That((run.Answer, run.Result.Losses.Count), Is.EqualTo((answer, 1)));
    }

    private static Task<ProgramRun> RunAsync(string program, string context) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
