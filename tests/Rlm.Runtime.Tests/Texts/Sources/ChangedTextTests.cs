namespace Rlm.Runtime.Tests.Texts.Sources;

/// <summary>Files that change between the time they were opened and the end of a run.</summary>
internal sealed class ChangedTextTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("rlm-tests-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("more", "grew while it was read: the answer is of the first 8 bytes")]
    [TestCase("", "was written to while it was read: the answer may mix old and new bytes; run again when it is complete")]
    public async Task Run_FileChanges_NotesIt(string appended, string note)
    {
        string path = Path.Combine(_directory, "log.txt");
        await File.WriteAllTextAsync(path, "one\ntwo\n");
        using var source = TextSource.FromFile(path, "log");
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", source)]);
        var before = await ProgramRun.RunAsync(session, "answer context | lines | count");

        await File.AppendAllTextAsync(path, appended);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        var after = await ProgramRun.RunAsync(session, "answer context | lines | count");

        Assert.That((before.Answer, after.Answer), Is.EqualTo(("2", "2")));
        Assert.That(before.Notes, Is.Empty);
        Assert.That(after.Notes, Is.EqualTo(new[] { $"`log` {note}" }));
    }

    [TestCase("another\n")]
    [TestCase("TWO\n")]
    public async Task Run_DocumentChangesAfterItWasFound_SaysSo(string text)
    {
        string changed = Path.Combine(_directory, "b.txt");
        await File.WriteAllTextAsync(Path.Combine(_directory, "a.txt"), "one\n");
        await File.WriteAllTextAsync(changed, "two\n");
        File.SetLastWriteTimeUtc(changed, DateTime.UnixEpoch);
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Documents("docs", TextSource.FromDirectoryOrGlob(_directory))]);
        await File.WriteAllTextAsync(changed, text);

        var run = await ProgramRun.RunAsync(session, "answer docs | grep /o/ | count");

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.Failed));
        Assert.That(
            run.Result.Reasons,
            Is.EqualTo(new[] { "`b.txt` changed after it was found: it was written to; run again when it is complete" }));
    }
}
