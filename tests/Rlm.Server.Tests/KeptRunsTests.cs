using Rlm.Cli;
using Rlm.Cli.Runs;
using Rlm.Server.Pages;

namespace Rlm.Server.Tests;

/// <summary>What tells pages that runs are new.</summary>
internal sealed class KeptRunsTests
{
    [Test]
    public void Version_NewRun_IsAnotherAfterASecond()
    {
        string path = OwnFolders.Create();
        var host = new CliHost { OpenInput = () => Stream.Null, Output = TextWriter.Null, Error = TextWriter.Null, Variable = _ => null };
        var clock = new HandClock();
        var runs = new KeptRuns(RunsFolder.Find(host, path)!, clock);

        string before = runs.Version;
        File.WriteAllText(Path.Combine(path, "20260101-000000.jsonl"), "{}\n");
        string atOnce = runs.Version;
        clock.Seconds = 1;
        string later = runs.Version;

        Assert.That(atOnce, Is.SameAs(before), "one look for all who ask within a second");
        Assert.That(later, Does.StartWith("20260101-000000 ").And.Not.EqualTo(before));
    }

    private sealed class HandClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
