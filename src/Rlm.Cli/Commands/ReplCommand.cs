using Rlm.Cli.CommandLine;
using Rlm.Cli.Repl;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm repl</c>: programs by hand, one after another over the same variables.</summary>
internal sealed class ReplCommand() : Verb(
    "repl", "[options]", "run programs by hand, one after another",
    "Each line is a program, and goes on in the next where a bracket is open or it ends in `|`. Variables stay. On a terminal lines are edited: "
    + "Tab completes, the arrows bring earlier lines, Ctrl-R searches them. Ctrl-C stops what runs, and Ctrl-D ends. `:help` lists the commands. "
    + "A line that begins with `|` goes on with the program whose value was shown last. All programs share the limits. Without a terminal on stdin its lines are run, "
    + "and nothing is asked. A program then goes on in lines that begin with `|` or are indented, as in a file; `;` behind it ends it at once.",
    [
        OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema,
        OptionCatalog.Workers, Profile, NoConfiguration, MaxCalls, MaxDepth, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, OptionCatalog.Timeout, MaxMemory, OptionCatalog.Parallel, RequestsPerMinute, TokensPerMinute,
        Confirm, Yes, Sample, JournalFile, OptionCatalog.Resume, Sync, Strict,
        Quiet, Verbose, NoColor, ShortHelp, LongHelp,
    ],
    [
        ("rlm repl -c server.log", "then `grep /ERROR/ | count`, and :quit"),
        ("rlm repl -c mails.txt --max-calls 100", "for all programs together"),
        ("rlm repl -c server.log < programs.txt", "lines of a file, over the same variables"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [var word, ..])
            reader.Fail($"`{word}` is one argument too many: programs are typed, or read from stdin");
        return new ReplInvocation(ContextArguments.ReadBesideInput(reader, "programs"), RunArguments.Read(reader), OutputArguments.Read(reader));
    }
}

internal sealed record ReplInvocation(ContextArguments Contexts, RunArguments Run, OutputArguments Output) : Invocation
{
    public override bool NeedsQueue(CliHost host) => Run.FindQueue(host) is not null;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host = PromptedInput.WithEditedAnswers(host);
        using var prepared = new PreparedRun(Run, Output, host, null);
        var variables = await prepared.LoadAsync(Contexts, cancellationToken).ConfigureAwait(false);
        using var programs = new ReplPrograms(prepared, Run, Output, host, variables);
        return await new ReplLoop(programs, host, prepared.Status).RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
