using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Report;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm report</c>: a page that shows what happened in a run.</summary>
internal sealed class ReportCommand() : Verb(
    "report", "RUN -o FILE", "write a page that shows a run: answer, programs, stages, calls",
    "RUN is the FILE that --journal wrote, of a run that is over, goes on, or was killed. The page is one file for a browser and asks for nothing else: "
    + "the answer with the lines that it cites, every program and what it showed, the paid stages over time, and each call with its reply. "
    + "Prompts are in it where the run had --journal-prompts. Like the journal it quotes the contexts.",
    [OutputFile, .. Common],
    [
        ("rlm report run.jsonl -o run.html", "then open run.html"),
        ("rlm ask \"Which host fails most?\" -c server.log --journal run.jsonl --journal-prompts", "a run that keeps its prompts, too"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        string? page = reader.Text(OutputFile);
        if (page is null)
            reader.Fail("the page is missing: say with -o run.html where it goes");
        return new ReportInvocation(JournalArgument.Read(reader), page ?? "", OutputArguments.Read(reader));
    }
}

/// <param name="JournalPath">The journal.</param>
/// <param name="PagePath">Where the page goes.</param>
/// <param name="Output">How it is told.</param>
internal sealed record ReportInvocation(string JournalPath, string PagePath, OutputArguments Output) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var trace = JournalTrace.Read(RunsFolder.FindJournal(host, JournalPath));
        using (var page = PageFile.Create(PagePath))
            new ReportWriter(trace, Path.GetFileName(JournalPath)).Write(page);
        new StatusWriter(host, Output).Tell($"the page is in {PagePath}");
        return Task.FromResult(ExitCodes.Answered);
    }
}
