using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Runtime.Tests.Models;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Journal;

internal sealed class RlmJournalTests : JournalFileFixture
{
    private const string Program = "answer context | lines | map llm \"Say it:\\n{it}\"";

    [Test]
    public void Create_MissingDirectory_NamesTheJournal()
    {
        string path = Path.Combine(JournalPath + "-nowhere", "run.jsonl");

        Assert.That(() => RlmJournal.Create(path), Throws.InstanceOf<IOException>().With.Message.EqualTo(
            $"the journal `{path}` cannot be written: its directory does not exist; make it, or name another file"));
    }

    [Test]
    public async Task Write_WhileItHappens_IsInTheFileBeforeTheNextCall()
    {
        int before = 0;
        using var journal = RlmJournal.Create(JournalPath);
        var model = new ScriptedChatClient(call =>
        {
            if (call.Index == 1)
                before = Lines().Count(line => line.Contains("\"event\":\"call\"", StringComparison.Ordinal));
            return "x";
        });

        await ProgramRun.RunAsync(Program, "a\nb", model, new RlmOptions { Journal = journal, Parallel = 1 });

        Assert.That(before, Is.EqualTo(1));
        Assert.That(Lines(), Has.Length.GreaterThan(5).And.All.Matches<string?>(IsJson));
        Assert.That(Lines()[0], Does.StartWith("{\"format\":\"rlm-journal\",\"formatVersion\":3,\"rlmVersion\":\""));
    }

    [Test]
    public async Task Replay_WholeRun_MakesNoCallAndGivesTheSame()
    {
        string[] programs = [RootRun.Fenced("context | lines | map llm \"A? {it}\""), RootRun.Fenced(
            "context | lines | map llm \"Refused? {it}\" pack 1"), RootRun.Fenced("answer context | lines | map llm \"A? {it}\"")];
        RootRun first, again;
        var options = RootRun.Programs with { MaxCalls = 5 };
        using (var journal = RlmJournal.Create(JournalPath))
            first = await RootRun.AskAsync(
                new ScriptedChatClient(programs),
                "a\nb\nc",
                options with { Journal = journal },
                new ScriptedChatClient(call => $"{call.LastText[..4]}!"));
        using (var journal = RlmJournal.Replay(JournalPath))
            again = await RootRun.AskAsync(
                new ScriptedChatClient(), "a\nb\nc", options with { Journal = journal }, new ScriptedChatClient());

        Assert.That(again.Result.Answer, Is.EqualTo(first.Result.Answer).And.Not.Null);
        Assert.That(again.Observations, Is.EqualTo(first.Observations));
        Assert.That(first.Observations[1], Does.Contain("RLM4101"));
        Assert.That(
            (first.Result.Usage.Calls, again.Result.Usage.Calls, again.Result.Usage.InputTokens),
            Is.EqualTo((3, 3, first.Result.Usage.InputTokens)));
        Assert.That((again.Result.Usage.CallsLeft, again.Result.Usage.RootCalls), Is.EqualTo((first.Result.Usage.CallsLeft, 3)));
    }

    [Test]
    public async Task Replay_JournalThatCountsTurnsAsCalls_TellsThemApart()
    {
        string[] programs = [RootRun.Fenced("context | lines | map llm \"A? {it}\""), RootRun.Fenced("answer 1")];
        using (var journal = RlmJournal.Create(JournalPath))
            await RootRun.AskAsync(
                new ScriptedChatClient(programs),
                "a\nb\nc",
                RootRun.Programs with { MaxCalls = 5, Journal = journal },
                new ScriptedChatClient(_ => "x"));
        string[] lines = [.. Lines().Select(line => Regex.Replace(line!, ",\"line\":[0-9]+,\"sum\":\"[0-9a-f]+\"", ""))
            .Select(line => line.Replace("\"formatVersion\":3", "\"formatVersion\":2", StringComparison.Ordinal))];
        Assert.That(lines[^1], Does.Contain("\"calls\":3,\"callsLeft\":2,\"rootCalls\":2,"));
        lines[^1] = lines[^1].Replace(
            "\"calls\":3,\"callsLeft\":2,\"rootCalls\":2,", "\"calls\":5,\"callsLeft\":0,", StringComparison.Ordinal);
        File.WriteAllLines(JournalPath, lines);

        using var old = RlmJournal.Replay(JournalPath);
        var usage = old.LastResult!.Usage;
        var account = JournalAccount.Read(JournalPath).Runs.Single();

        Assert.That((usage.Calls, usage.CallsLeft, usage.RootCalls, account.Calls, account.RootCalls), Is.EqualTo((3, 2, 2, 3, 2)));
    }

    [Test]
    public async Task Resume_LargerBudget_GoesOnFromTheRepliesThatItHas()
    {
        string refused = RootRun.Fenced("answer context | lines | map llm \"A? {it}\"");
        using (var journal = RlmJournal.Create(JournalPath))
            await RootRun.AskAsync(
                new ScriptedChatClient(refused, "no"), "a\nb\nc", RootRun.Programs with { MaxCalls = 2, Journal = journal });
        using var resumed = RlmJournal.Resume(JournalPath);

        var again = await RootRun.AskAsync(
            new ScriptedChatClient(),
            "a\nb\nc",
            RootRun.Programs with { MaxCalls = 20, Journal = resumed },
            new ScriptedChatClient(_ => "x"));

        Assert.That((again.Result.Answer, again.Result.Usage.Calls), Is.EqualTo(("x\nx\nx", 3)));
    }

    [TestCase("{\"event\":\"call\",\"key\":\"x\",\"re")]
    [TestCase("{\"event\":\"turn\"}", TestName = "Resume_LastLineWithoutEnd_IsDropped")]
    public async Task Resume_TornLastLine_IsDropped(string torn)
    {
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync(Program, "a\nb", new ScriptedChatClient(_ => "x"), new RlmOptions { Journal = journal });
        int whole = Lines().Length;
        await File.AppendAllTextAsync(JournalPath, torn);

        for (int i = 0; i < 2; i++)
        {
            using var journal = RlmJournal.Resume(JournalPath);
            Assert.That(journal.ReplyCount, Is.EqualTo(2));
            Assert.That(
                (await ProgramRun.RunAsync(Program, "a\nb", new ScriptedChatClient(), new RlmOptions { Journal = journal })).Answer,
                Is.EqualTo("x\nx"));
        }

        Assert.That(Lines(), Has.Length.GreaterThan(whole).And.All.Matches<string?>(IsJson));
    }

    [Test]
    public async Task Resume_DamagedLineInside_KeepsWhatFollows()
    {
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync(
                Program, "a\nb", new ScriptedChatClient(_ => "x"), new RlmOptions { Journal = journal, Parallel = 1 });
        string[] lines = Lines();
        lines[1] = "{damaged";
        await File.WriteAllTextAsync(JournalPath, string.Join('\n', lines) + "\n");

        using var resumed = RlmJournal.Resume(JournalPath);

        Assert.That(resumed.ReplyCount, Is.EqualTo(2));
    }

    [TestCase("some notes\nof somebody")]
    [TestCase("{\"format\":\"other\"}\n")]
    public void Resume_ForeignFile_ThrowsAndLeavesItAlone(string content)
    {
        File.WriteAllText(JournalPath, content);

        Assert.That(Assert.Throws<IOException>(() => RlmJournal.Resume(JournalPath)).Message, Is.EqualTo($"`{JournalPath}` is not a journal of rlm"));
        Assert.That(File.ReadAllText(JournalPath), Is.EqualTo(content));
    }

    [Test]
    public void Resume_MissingFile_SaysSo()
    {
        Assert.That(
            Assert.Throws<IOException>(() => RlmJournal.Resume(JournalPath)).Message,
            Does.StartWith($"there is no journal `{JournalPath}` to resume"));
        Assert.That(File.Exists(JournalPath), Is.False);
    }

    [Test]
    public void Create_FileWithContent_ThrowsAndLeavesItAlone()
    {
        File.WriteAllText(JournalPath, "mine");

        Assert.That(Assert.Throws<IOException>(() => RlmJournal.Create(JournalPath)).Message, Does.Contain("has content already"));
        Assert.That(File.ReadAllText(JournalPath), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Write_RealClient_HoldsNoKeyAndNoContext()
    {
        await using var server = new LoopbackModelServer(new LoopbackReply { Body = "fine \ud83d\ude00" });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync("answer context | llm \"?\"", "the secret context", client, new RlmOptions { Journal = journal });

        string text = await File.ReadAllTextAsync(JournalPath);

        Assert.That(text, Does.Not.Contain(ModelClients.Key).And.Not.Contain("secret context").And.Contain("\"event\":\"end\""));
    }

    private static bool IsJson(string? line)
    {
        using var document = JsonDocument.Parse(line!);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }

    private string[] Lines()
    {
        using var reader = new StreamReader(new FileStream(JournalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
