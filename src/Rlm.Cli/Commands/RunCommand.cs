using Rlm.Cli.CommandLine;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm run</c>: a program by hand.</summary>
internal sealed class RunCommand() : Verb(
    "run", "PROGRAM | FILE [options]", "run a program by hand",
    "The program is checked as a whole before it runs; one with errors costs nothing. Each pipeline that stands alone prints its value, "
    + "`answer` the answer. A model is chosen only for a program with paid stages (`llm`, `map llm`, …). PROGRAM is the program itself, in quotes; where there is a file of that name, it is the file. "
    + "FILE may be - for stdin.",
    [Expression, OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Grammar, Sample, OptionCatalog.Format, .. Calling],
    [
        ("rlm run 'grep /ERROR/ | count' -c server.log", "free: no model is asked"),
        ("rlm run 'grep /liability/ | map \"{it} [{cite}]\"' -c contract.pdf", "a PDF; each find cites its page"),
        ("rlm run errors.rlm -c logs=\"logs/*.log\"", "a file, over a list of documents"),
        ("rlm run 'lines | where it contains \"{who}\"' --var who=Fox < mails.txt", "a variable"),
        ("rlm run errors.rlm -c server.log --sample 20 --journal run.jsonl", "a look at 20 items of each paid stage, held for the full run"),
        ("rlm run 'chunk 8k tokens | map llm \"List the decisions.\"' -c talk.txt --max-calls 40", "paid, and bounded"),
    ])
{
    public override bool PrintsRuns => true;

    public override Invocation Read(OptionReader reader)
    {
        var program = ProgramArgument.Read(reader);
        return new RunInvocation(
            program,
            ContextArguments.Read(reader, readsInput: program.Path != "-"),
            RunArguments.Read(reader),
            OutputArguments.Read(reader));
    }
}
