namespace Rlm.Runtime.Tests.Journal;

/// <summary>Tests that each have a path for a journal of their own, which is deleted behind them.</summary>
internal abstract class JournalFileFixture
{
    protected string JournalPath { get; private set; } = "";

    [SetUp]
    public void NamePath() =>
        JournalPath = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");

    [TearDown]
    public void DeleteFile() => File.Delete(JournalPath);
}
