using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Journal;

internal sealed class ReplayChatClientTests
{
    private const string Program = "answer context | lines | map llm \"A? {it}\" pack 1";
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.jsonl");

    [SetUp]
    public async Task WriteJournalAsync()
    {
        using var client = new ScriptedChatClient(call => $"reply to {call.LastText.Split("<data>\n")[1][0]}");
        using var journal = RlmJournal.Create(_path);
        var model = JournalModel.Of(client);
        journal.Begin(new(["mine"], "/", Program, "mine", model, model));
        await ProgramRun.RunAsync(Program, "a\nb", client, new RlmOptions { Journal = journal });
    }

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public async Task GetResponse_RunOfALibraryUser_IsRunAgainFromItsJournalAlone()
    {
        using var journal = RlmJournal.Replay(_path);
        using var client = new ReplayChatClient(journal.LastRun!.Sub);

        var run = await ProgramRun.RunAsync(journal.LastRun.Program!, "a\nb", client, new RlmOptions { Journal = journal });

        Assert.That((run.Answer, client.HasMissed), Is.EqualTo(("reply to a\nreply to b", false)));
        Assert.That(JournalModel.Of(client), Is.EqualTo(journal.LastRun.Sub));
    }

    [Test]
    public async Task GetResponse_CallThatWasNotMade_FailsAndIsTold()
    {
        using var journal = RlmJournal.Replay(_path);
        using var client = new ReplayChatClient(journal.LastRun!.Sub);

        await Assert.ThatAsync(() => client.GetResponseAsync("another"), Throws.TypeOf<ModelException>().With.Message.Contains("the journal holds no reply"));

        Assert.That(client.HasMissed);
    }
}
