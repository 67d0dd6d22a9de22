using System.Text.Json;
using Rlm.Runtime.Tests.Evaluation;

namespace Rlm.Runtime.Tests.Journal;

/// <summary>What a tool has written is not written again by a run that goes on, wherever the earlier one was killed.</summary>
internal sealed class WritingToolsTests : JournalFileFixture
{
    private const string Program = "let sent = context | lines | map send(it)\nsent\nanswer \"{sent}; {context | llm \\\"Sum up\\\"}\"";
    private const string Context = "a\nb\na";

    /// <summary>A process may be killed behind any byte of the file: what ended is taken, what was in flight is asked about.</summary>
    [Test]
    public async Task Resume_OfAJournalCutAnywhere_WritesWhatIsNotWritten()
    {
        var whole = new Post();
        var first = await RunAsync(whole, () => RlmJournal.Create(JournalPath, JournalSync.Off));
        byte[] file = await File.ReadAllBytesAsync(JournalPath);
        Assert.That((first.Answer, whole.Sent), Is.EqualTo(("a1, b2, a3; fine", new[] { "a", "b", "a" })));

        foreach (int length in Cuts(file))
        {
            await File.WriteAllBytesAsync(JournalPath, file[..length]);
            string[] events = EventsOf(file.AsSpan(0, length));
            int begun = events.Count(kind => kind == "tool"), ended = events.Count(kind => kind == "toolEnd");
            var post = new Post { Number = 10 };

            var resumed = await RunAsync(post, () => RlmJournal.Resume(JournalPath, JournalSync.Off));

            string at = $"after {string.Join(' ', events)}";
            Assert.That(post.Sent, Is.EqualTo(new[] { "a", "b", "a" }[ended..]), at);
            Assert.That(post.Doubted.Count > 0, Is.EqualTo(begun > ended), at);
            Assert.That(resumed.Answer!.Split(", ")[..ended], Is.EqualTo(new[] { "a1", "b2", "a3; fine" }[..ended]), at);
        }
    }

    [Test]
    public async Task Resume_OfAResumedRun_TakesWhatBothHaveWritten()
    {
        await RunAsync(new Post { Stops = "b" }, () => RlmJournal.Create(JournalPath, JournalSync.Off));
        var second = new Post { Number = 10 };
        var resumed = await RunAsync(second, () => RlmJournal.Resume(JournalPath, JournalSync.Off));
        var third = new Post { Number = 20 };
        var again = await RunAsync(third, () => RlmJournal.Resume(JournalPath, JournalSync.Off));

        Assert.That((resumed.Answer, again.Answer), Is.EqualTo(("a1, b11, a2; fine", "a1, b11, a2; fine")));
        Assert.That((second.Sent, second.Doubted, third.Sent), Is.EqualTo((new[] { "b" }, new[] { "b" }, Array.Empty<string>())));
    }

    [Test]
    public async Task Resume_OfACallThatTheHostRefused_AsksAsForTheFirstTime()
    {
        await RunAsync(new Post { Refuses = "b" }, () => RlmJournal.Create(JournalPath, JournalSync.Off));
        var second = new Post { Number = 10 };

        var resumed = await RunAsync(second, () => RlmJournal.Resume(JournalPath, JournalSync.Off));

        Assert.That((resumed.Answer, second.Sent, second.Doubted), Is.EqualTo(("a1, b11, a2; fine", new[] { "b" }, Array.Empty<string>())));
    }

    [Test]
    public async Task Replay_OfARun_CallsNoToolThatWrites()
    {
        var first = await RunAsync(new Post { Stops = "b" }, () => RlmJournal.Create(JournalPath, JournalSync.Off));
        var post = new Post();

        var replayed = await RunAsync(post, () => RlmJournal.Replay(JournalPath));

        Assert.That((replayed.Answer, post.Sent, post.Asked), Is.EqualTo((first.Answer, Array.Empty<string>(), 0)));
        Assert.That(replayed.Reasons, Is.EqualTo(first.Reasons).And.Some.Contain("the line is busy"));
    }

    [Test]
    public async Task Resume_ToolThatReads_IsCalledAgain()
    {
        await RunAsync(new Post { Does = RlmToolEffect.Reads }, () => RlmJournal.Create(JournalPath, JournalSync.Off));
        var second = new Post { Does = RlmToolEffect.Reads };

        await RunAsync(second, () => RlmJournal.Resume(JournalPath, JournalSync.Off));

        Assert.That(second.Sent, Is.EqualTo(new[] { "a", "b", "a" }));
        Assert.That(EventsOf(await File.ReadAllBytesAsync(JournalPath)), Has.None.StartsWith("tool"));
    }

    private static async Task<RlmResult> RunAsync(Post post, Func<RlmJournal> open)
    {
        using var journal = open();
        var options = new RlmOptions { Tools = [post], ConfirmToolCall = post.AskAsync, Journal = journal, Parallel = 1 };
        return (await ProgramRun.RunAsync(Program, Context, new ScriptedChatClient(_ => "fine"), options)).Result;
    }

    /// <summary>Behind each line, and within each.</summary>
    private static IEnumerable<int> Cuts(byte[] file)
    {
        int start = 0;
        for (int i = 0; i < file.Length; i++)
        {
            if (file[i] != '\n')
                continue;

            yield return start;
            yield return (start + i) / 2;
            yield return i;
            start = i + 1;
        }

        yield return file.Length;
    }

    /// <summary>The kinds of the whole lines.</summary>
    private static string[] EventsOf(ReadOnlySpan<byte> file)
    {
        string[] lines = System.Text.Encoding.UTF8.GetString(file[..(file.LastIndexOf((byte)'\n') + 1)]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("event", out _))
            .Select(line => line.GetProperty("event").GetString()!)];
    }

    private sealed class Post : RlmTool
    {
        public RlmToolEffect Does { get; init; } = RlmToolEffect.Writes;

        public int Number { get; set; }

        public string? Stops { get; init; }

        public string? Refuses { get; init; }

        public int Asked { get; private set; }

        public List<string> Sent { get; } = [];

        public List<string> Doubted { get; } = [];

        public override string Name => "send";

        public override string Description => "Sends it.";

        public override IReadOnlyList<RlmToolParameter> Parameters { get; } = [new("text", "text")];

        public override string ResultType => "text";

        public override RlmToolEffect Effect => Does;

        public ValueTask<bool> AskAsync(RlmToolCall call, CancellationToken cancellationToken)
        {
            string text = call.Arguments[0]!.Value.GetString()!;
            Asked++;
            if (call.MayHaveBeenMade)
                Doubted.Add(text);
            return new(text != Refuses);
        }

        public override ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken)
        {
            string text = arguments[0]!.Value.GetString()!;
            if (text == Stops)
                throw new IOException("the line is busy");

            Sent.Add(text);
            return LambdaTool.Json($"\"{text}{++Number}\"");
        }
    }
}
