using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>A failed item is unknown: it meets no condition and no fold, and is never the answer.</summary>
internal sealed class FailedItemsTests
{
    // Of six rows the first two are a, the third is b, and the others have no usable reply.
    private const string Labels = "answer context | lines | extend k = llm \"Which?\\n{it}\" as one of [\"a\", \"b\"] pack 1";
    private const string Numbers = "answer context | lines | map llm \"How many?\\n{it}\" as number pack 1";

    [TestCase("where k == \"a\" | count", "2")]
    [TestCase("where k != \"a\" | count", "1")]
    [TestCase("where not (k == \"a\") | count", "1")]
    [TestCase("where not (k != \"a\") | count", "2")]
    [TestCase("where k in [\"a\"] | count", "2")]
    [TestCase("where k not in [\"a\"] | count", "1")]
    [TestCase("where k matches /a/ | count", "2")]
    [TestCase("where k not matches /a/ | count", "1")]
    [TestCase("where k contains \"a\" | count", "2")]
    [TestCase("where not (k contains \"a\") | count", "1")]
    [TestCase("where upper(k) != \"A\" | count", "1")]
    [TestCase("where length(k) > 5 | count", "0")]
    [TestCase("where not (length(k) > 5) | count", "3")]
    [TestCase("where number(k) + 1 == none | count", "3")]
    [TestCase("where k == \"a\" or text contains \"item\" | count", "6")]
    [TestCase("where k == \"a\" and text contains \"item\" | count", "2")]
    [TestCase("where not (k == \"a\" and text contains \"zzz\") | count", "6")]
    [TestCase("where k == none | count", "0")]
    [TestCase("where k != none | count", "3")]
    [TestCase("where k is none | count", "0")]
    [TestCase("where k is failed | count", "3")]
    [TestCase("where k is not failed | count", "3")]
    [TestCase("where not (k is failed) and k == \"b\" | get text", "item 3")]
    [TestCase("where coalesce(upper(k), \"X\") == \"X\" | count", "3")]
    [TestCase("aggregate n = count(k == \"a\"), m = count(k != \"a\"), all = count()", "n: 2\nm: 1\nall: 6")]
    [TestCase("aggregate p = first(k), q = last(k), r = max(k), s = distinct(k)", "p: a\nq: b\nr: b\ns: a, b")]
    [TestCase("aggregate n = share(k == \"b\")", "n: 0.3333")]
    [TestCase("share k == \"b\"", "0.3333")]
    [TestCase("count by k", "| k | count |\n|---|---|\n| a | 2 |\n| b | 1 |\n| [failed] | 3 |")]
    [TestCase("count by k | top 1 by count | get k", "a")]
    [TestCase("count by k | top 3 by count | get k", "a\nb\n[failed]")]
    [TestCase("count by k | sort by count desc | get k", "a\nb\n[failed]")]
    [TestCase("count by k | sort by count desc | first | get k", "a")]
    [TestCase("count by k | sort by count | last | get k", "a")]
    [TestCase("count by k | sort by count | last 1 | get k", "a")]
    [TestCase("count by k | max count", "2")]
    [TestCase("count by k | sum count", "3")]
    [TestCase("count by k | select kind = k, n = count | top 1 by n | get kind", "a")]
    [TestCase("count by k | extend share = count / 6 | top 1 by share | get k", "a")]
    [TestCase("count by k | map {kind: k, n: count * 2} | sort by n desc | first 1 | get kind", "a")]
    [TestCase("count by k | aggregate most = max(count)", "most: 2")]
    [TestCase("count by key = k, n = length(text) | top 1 by count | get key", "a")]
    [TestCase("max k", "b")]
    [TestCase("sort by k | first 1 | get k", "a")]
    [TestCase("sort by k desc | first | get k", "b")]
    [TestCase("top 1 by k | get k", "b")]
    [TestCase("distinct by k | get k", "a\nb\n[failed]")]
    [TestCase("group by k | map \"{k} {count(items)}\"", "a 2\nb 1\n[failed] 3")]
    [TestCase("group by k | top 1 by count(items) | get k", "a")]
    [TestCase("aggregate n = count() by k | top 1 by n | get k", "a")]
    [TestCase("any k == \"b\"", "true")]
    [TestCase("any upper(k) == \"C\"", "false")]
    [TestCase("all k in [\"a\", \"b\"]", "true")]
    [TestCase("map if k == \"a\" then 1 else 0 | sum", "2")]
    [TestCase("map if k == \"a\" then 1 else 0 | average", "0.6667")]
    [TestCase("get k | first 9", "a\na\nb")]
    [TestCase("get k | join \"-\"", "a-a-b")]
    [TestCase("pairs where a.k == b.k | count", "1")]
    [TestCase("sort by text | select text, k | last 2 | to csv", "text,k\nitem 5,\nitem 6,")]
    [TestCase("sort by text | select text, k | last 1 | to json", "[{\"text\":\"item 6\",\"k\":null}]")]
    public async Task ExtendLlm_SomeFail_AreUnknownToWhatFollows(string stages, string answer)
    {
        var run = await RunAsync($"{Labels} | {stages}", Items(6), Model());

        Assert.That(run.Answer, Is.EqualTo(answer), string.Join("; ", run.Result.Reasons));
        Assert.That(run.Result.IsPartial, Is.True);
        Assert.That(run.Result.Reasons, Has.Some.Contains("3 of 6 items failed: ").And.Some.Contains("I would rather not say."));
    }

    [TestCase("sum", "6")]
    [TestCase("max", "3")]
    [TestCase("sort | last 1", "3")]
    [TestCase("where it > 1 | count", "2")]
    [TestCase("where not (it > 1) | count", "1")]
    [TestCase("where it is failed | count", "3")]
    [TestCase("map it * 2 | max", "6")]
    [TestCase("count by it | top 1 by count | get key", "1")]
    public async Task MapLlm_SomeFail_AreUnknownToWhatFollows(string stages, string answer)
    {
        var run = await RunAsync($"{Numbers} | {stages}", Items(6), Model("1", "2", "3"));

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((answer, true)));
    }

    [Test]
    public async Task Join_FailedKeys_HaveNoPartner()
    {
        const string rows = "let other = [{k: \"a\", w: 1}, {k: \"b\", w: 2}]\n";

        Assert.That((await RunAsync($"{rows}{Labels} | join other on k | sum w", Items(6), Model())).Answer, Is.EqualTo("4"));
        Assert.That(
            (await RunAsync($"{rows}{Labels} | left join other on k | where w == none | count", Items(6), Model())).Answer,
            Is.EqualTo("3"));
    }

    [Test]
    public async Task MapLlm_OverFailedItems_AsksAboutTheOthersOnly()
    {
        var model = Model();

        var run = await RunAsync($"{Labels} | extend why = llm \"Why {{k}}, for {{text}}\" | get why", Items(6), model);

        Assert.That(run.Answer, Is.EqualTo("a\na\nb\n[failed]\n[failed]\n[failed]"));
        Assert.That(model.Calls.Select(call => call.LastText), Has.None.Contains("[failed]"));
        Assert.That(run.Result.Losses, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ReduceLlm_OverFailedItems_LeavesThemOut()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("Merge", StringComparison.Ordinal) ? "merged"
            : call.LastText.Contains("item 2", StringComparison.Ordinal) ? "what?"
            : "5");

        var run = await RunAsync("answer context | lines | map llm \"How many? {it}\" as number pack 1 | reduce llm \"Merge.\"", Items(3), model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("merged", true)));
        Assert.That(model.Calls[^1].LastText, Does.Contain("[2] 5").And.Not.Contain("failed"));
    }

    [TestCase("where k is failed | get k")]
    [TestCase("where text == \"item 6\" | get k")]
    [TestCase("last 1 | get k")]
    public async Task Answer_OfNothingButFailedItems_IsNone(string stages)
    {
        var run = await RunAsync($"{Labels} | skip 0 | {stages}", Items(6), Model());

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.Failed, (string?)null)));
    }

    [Test]
    public async Task Answer_TextAroundAFailedItem_IsNone()
    {
        var run = await RunAsync($"let rows = {Labels["answer ".Length..]}\nlet k = rows[5].k\nanswer \"It is {{k}}.\"", Items(6), Model());

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.Failed, (string?)null)));
        Assert.That(run.Result.Diagnostics.Single().Id, Is.EqualTo("RLM5004"));
    }

    [Test]
    public async Task RandomPrograms_SomeRepliesFail_WholeAnswersAreThoseOfNoFailure()
    {
        int whole = 0, partial = 0, none = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            string context = Items(2 + (seed % 7));
            string program = Planning.RandomProgram.Of(seed);
            var full = await RunAsync(program, context, Replies(null), new RlmOptions { MaxCalls = 500, Parallel = 1 });
            var failing = await RunAsync(program, context, Replies(seed), new RlmOptions { MaxCalls = 500, Parallel = 4 });
            (whole, partial, none) = failing.Answer is null ? (whole, partial, none + 1)
                : failing.Result.IsPartial ? (whole, partial + 1, none)
                : (whole + 1, partial, none);
            if (failing.Result is { Outcome: RlmOutcome.Answered, IsPartial: false })
                Assert.That(failing.Answer, Is.EqualTo(full.Answer), $"{seed}\n{program}");
            Assert.That(failing.Answer, Is.Not.EqualTo("[failed]"), program);
        }

        TestContext.Out.WriteLine($"{whole} whole, {partial} partial, {none} without an answer");
        Assert.That(
            (whole > 20, partial > 10, none > 10), Is.EqualTo((true, true, true)), $"{whole} whole, {partial} partial, {none} none");
    }

    /// <summary>Replies that fit what is asked, made of it; some are of no use, the same each time, where a seed is given.</summary>
    private static ScriptedChatClient Replies(int? seed) => new(call =>
    {
        string text = call.LastText.Split("An earlier reply")[0];
        uint hash = System.IO.Hashing.XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes(text));
        if (seed is { } number && (hash ^ (uint)number * 2654435761) % 4 == 0)
            throw new ModelException(ModelFailure.ServerError, "it broke");

        string type = Rlm.Runtime.Replies.PromptMarkers.Unwrap(call.LastText, Rlm.Runtime.Replies.PromptMarkers.Reply)!;
        string one = type.StartsWith("bool", StringComparison.Ordinal) ? hash % 3 == 0 ? "false" : "true"
            : type.StartsWith("number", StringComparison.Ordinal) ? $"{hash % 100}"
            : type.StartsWith("one of", StringComparison.Ordinal) ? new[] { "a", "b", "c" }[hash % 3]
            : type.StartsWith("list", StringComparison.Ordinal) ? $"[\"x{hash % 10}\", \"y{hash % 7}\"]"
            : type.StartsWith('{') ? $"{{\"kind\": \"k{hash % 5}\", \"size\": {hash % 9}}}" : $"reply {hash % 50}";
        int rows = Rlm.Runtime.Replies.PromptMarkers.Unwrap(call.LastText, Rlm.Runtime.Replies.PromptMarkers.Rows)?.Split('\n')
            .Count(line => line.StartsWith('[')) ?? 0;
        return rows < 2 ? one : string.Join('\n', Enumerable.Range(1, rows).Select(row => $"[{row}] {one}"));
    });

    private static ScriptedChatClient Model(params string[] replies) => new(call =>
    {
        int item = System.Text.RegularExpressions.Regex.Match(call.LastText, @"\bitem (\d)\b").Groups[1].Value[0] - '0';
        return item > 3 ? "I would rather not say." : replies.Length > 0 ? replies[item - 1] : item == 3 ? "b" : "a";
    });
}
