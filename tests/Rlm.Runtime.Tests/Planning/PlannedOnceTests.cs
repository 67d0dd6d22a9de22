using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Planning;

/// <summary>What a plan evaluates is what the run goes on from: free stages read their input once.</summary>
internal sealed class PlannedOnceTests
{
    private const int Lines = 4_000, Hits = 30;
    private const string Program =
        "let hits = context | grep \"needle\"\nlet asked = hits | extend k = llm \"Good? {text}\" as bool pack 1\nasked | count by k\nanswer asked | where k | count";

    private static readonly string Text =
        string.Join('\n', Enumerable.Range(0, Lines).Select(line => $"line {line} {(line % (Lines / Hits) == 0 ? "needle" : "hay")}"));

    [TestCase(400, Program)]
    [TestCase(400, "let asked = context | grep \"needle\" | extend k = llm \"Good? {text}\" as bool pack 1", "answer asked | where k | count")]
    [TestCase(400, "answer context | grep \"needle\" | map llm \"Good?\" as bool pack 1 | where it | count")]
    [TestCase(45, Program, Program)]
    public async Task Root_ProgramWithAPaidStage_ReadsOnceATurn(int maxCalls, params string[] turns)
    {
        // Whoever reads one more time reads once more.
        const string more = "let other = context | grep \"needle\" | map upper(it)\nassert count(other) > 3\n";
        var (answer, bytes) = await AskAsync(maxCalls, turns);
        var (_, withMore) = await AskAsync(maxCalls, [more + turns[0], .. turns[1..]]);

        Assert.That(answer, Is.EqualTo($"{(Lines + (Lines / Hits) - 1) / (Lines / Hits)}"));
        Assert.That((withMore - bytes) / (double)Text.Length, Is.EqualTo(1).Within(0.3));
    }

    [Test]
    public async Task Root_AssertOfTheContext_ReadsItOnceMore()
    {
        const string asserts = "assert context | grep \"needle\" | map upper(it) | all length(it) > 3\n";
        var (_, bytes) = await AskAsync(400, [Program]);
        var (answer, withAssert) = await AskAsync(400, [asserts + Program]);

        Assert.That(answer, Is.EqualTo($"{(Lines + (Lines / Hits) - 1) / (Lines / Hits)}"));
        Assert.That((withAssert - bytes) / (double)Text.Length, Is.EqualTo(1).Within(0.3));
    }

    [TestCase("log", 12)]
    [TestCase("table", 8)]
    public async Task Root_FirstPrompt_ReadsTheContextAFewTimes(string kind, int most)
    {
        string text = kind == "log" ? Text
            : "id,name,price\n" + string.Concat(Enumerable.Range(0, Lines).Select(row => $"{row},part {row % 7},{row % 90}.50\n"));
        var source = new CountingTextSource(text);
        double times = -1;
        var root = new ScriptedChatClient(_ =>
        {
            times = source.BytesRead / (double)text.Length;
            return RootRun.Fenced("answer \"x\"");
        });
        await RootRun.AskAsync(root, [RlmVariable.Text("context", source)], RootRun.Programs, new ScriptedChatClient());

        Assert.That(times, Is.InRange(0.1, most));
    }

    [Test]
    public async Task Session_PlanAndRunOfOneProgram_ReadOnceAndTheNextRunReadsAnew()
    {
        var source = new CountingTextSource(Text);
        var session = new RlmSession(new ScriptedChatClient(_ => "true"), [RlmVariable.Text("context", source)]);
        var program = session.Compile(Program);
        await session.RunAsync(program);
        long first = source.BytesRead;

        await session.RunAsync(program);
        long one = source.BytesRead - first;
        await session.PlanAsync(program);
        await session.PlanAsync(program);
        await session.RunAsync(program);

        Assert.That((source.BytesRead - first) / (double)one, Is.EqualTo(2).Within(0.1));
    }

    [Test]
    public async Task Session_RandomPrograms_GiveTheSameWithAPlanBefore()
    {
        int ran = 0;
        for (int seed = 0; seed < 350; seed++)
        {
            string context = ProgramRun.Items(3 + (seed % 9)) + "\nitem 1\nlast one.";
            var model = PlannedRun.Model(8_000, isSloppy: seed % 2 == 0);
            string text = RandomProgram.Of(seed);

            var alone = await RunAsync(context, model, text, isPlanned: false);
            var planned = await RunAsync(context, model, text, isPlanned: true);

            ran += planned.Outcome == RlmOutcome.Answered ? 1 : 0;
            Assert.That((planned.Answer, planned.Outcome), Is.EqualTo((alone.Answer, alone.Outcome)), text);
            Assert.That(planned.Notes, Is.EquivalentTo(alone.Notes), text);
            Assert.That(planned.Losses, Is.EquivalentTo(alone.Losses), text);
        }

        Assert.That(ran, Is.GreaterThan(150));
    }

    private static async Task<(string? Answer, long Bytes)> AskAsync(int maxCalls, string[] programs)
    {
        var source = new CountingTextSource(Text);
        var run = await RootRun.AskAsync(
            new ScriptedChatClient([.. programs.Select(RootRun.Fenced)]), [RlmVariable.Text("context", source)], RootRun.Programs with { MaxCalls = maxCalls },
            new ScriptedChatClient(_ => "true"));
        return (run.Result.Answer, source.BytesRead);
    }

    private static async Task<RlmResult> RunAsync(string context, ScriptedChatClient model, string text, bool isPlanned)
    {
        var session = ProgramRun.Session(context, model, new RlmOptions { MaxCalls = 100, Parallel = 1 });
        var program = session.Compile(text);
        if (isPlanned)
            await session.PlanAsync(program);
        return await session.RunAsync(program);
    }

    /// <summary>A text that counts what is read of it.</summary>
    private sealed class CountingTextSource(string text) : TextSource("counted")
    {
        private readonly byte[] _bytes = System.Text.Encoding.UTF8.GetBytes(text);
        private long _bytesRead;

        public long BytesRead => Interlocked.Read(ref _bytesRead);

        public override long LengthBytes => _bytes.Length;

        internal override ReadOnlySpan<byte> GetSpan(long start, int length)
        {
            Interlocked.Add(ref _bytesRead, length);
            return _bytes.AsSpan((int)start, length);
        }

        internal override void ReadBytes(long offset, Span<byte> buffer)
        {
            Interlocked.Add(ref _bytesRead, buffer.Length);
            _bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
        }
    }
}
