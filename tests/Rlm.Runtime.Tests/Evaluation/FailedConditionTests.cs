using System.Text.Json;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>
/// Conditions over failed values: rows that are streamed, rows that are kept, and expressions agree, and so does a reckoning by three
/// values.
/// </summary>
internal sealed class FailedConditionTests
{
    private const string Context = "1\n2\nbad 3\nnone 4\n5\nbad 6\nnone 7\n12\n";

    private static readonly (string Text, Func<string, bool?> Truth)[] Atoms =
    [
        ("k == 2", line => IsBad(line) ? null : line == "2"),
        ("k != 2", line => IsBad(line) ? null : line != "2"),
        ("k > 1", line => IsBad(line) ? null : !IsNone(line) && line is not "1"),
        ("k + 1 > 2", line => IsBad(line) ? null : !IsNone(line) && line is not "1"),
        ("k in [1, 5]", line => IsBad(line) ? null : line is "1" or "5"),
        ("k not in [1, 5]", line => IsBad(line) ? null : line is not ("1" or "5")),
        ("k == none", line => IsBad(line) ? null : IsNone(line)),
        ("k is failed", line => IsBad(line)),
        ("k is not failed", line => !IsBad(line)),
        ("coalesce(k, 0) == 0", line => IsBad(line) || IsNone(line)),
        ("(if k > 1 then 1 else 2) == 1", line => IsBad(line) ? null : !IsNone(line) && line is not "1"),
        ("text contains \"1\"", line => line.Contains('1', StringComparison.Ordinal)),
        ("text == \"5\"", line => line == "5"),
        ("length(text) > 1", line => line.Length > 1),
    ];

    [Test]
    public async Task RandomConditions_ThreeWaysAndTheReckoning_Agree()
    {
        string[] lines = Context.TrimEnd('\n').Split('\n');
        for (int seed = 0; seed < 150; seed++)
        {
            var (condition, truth) = Condition(new Random(seed), 3);
            string[] expected = [.. lines.Where(line => truth(line) == true)];
            const string rows = "context | lines | extend k = tool(it)";
            var answers = new[]
            {
                await AnswerAsync($"answer {rows} | where {condition} | map text | to json"),
                await AnswerAsync($"let rows = {rows}\nanswer rows | where {condition} | map text | to json"),
                await AnswerAsync($"let rows = {rows}\nanswer rows | where ({condition}) == true | map text | to json"),
                await AnswerAsync($"let rows = {rows}\nanswer rows | map {{text, c: {condition}}} | where c | map text | to json"),
            };

            Assert.That(answers, Has.All.EqualTo($"[{string.Join(',', expected.Select(line => $"\"{line}\""))}]"), condition);
            Assert.That(await AnswerAsync(
                $"let rows = {rows}\nanswer rows | aggregate n = count({condition}), m = count(not ({condition})) | to json"),
                Is.EqualTo($"{{\"n\":{expected.Length},\"m\":{lines.Count(line => truth(line) == false)}}}"), condition);
        }
    }

    private static bool IsBad(string line) => line.StartsWith("bad", StringComparison.Ordinal);

    private static bool IsNone(string line) => line.StartsWith("none", StringComparison.Ordinal);

    private static (string Text, Func<string, bool?> Truth) Condition(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
            return Atoms[random.Next(Atoms.Length)];

        var (left, first) = Condition(random, depth - 1);
        if (random.Next(3) == 0)
            return ($"not ({left})", line => !first(line));

        var (right, second) = Condition(random, depth - 1);
        return random.Next(2) == 0
            ? ($"(({left}) and ({right}))", line => first(line) & second(line))
            : ($"(({left}) or ({right}))", line => first(line) | second(line));
    }

    private static async Task<string?> AnswerAsync(string program)
    {
        var tool = new LambdaTool("tool", "number?", (arguments, _) => arguments[0]!.Value.GetString() switch
        {
            var line when IsBad(line!) => throw new InvalidOperationException("no such thing"),
            var line when IsNone(line!) => new ValueTask<JsonElement?>((JsonElement?)null),
            var line => LambdaTool.Json(line!),
        });
        var run = await ProgramRun.RunAsync(program, Context, new ScriptedChatClient(), new RlmOptions { Tools = [tool] });
        Assert.That(run.Result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Message), Is.Empty, program);
        return run.Answer;
    }
}
