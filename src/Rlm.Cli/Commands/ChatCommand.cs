using Rlm.Cli.CommandLine;
using Rlm.Cli.Repl;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm chat</c>: questions one after another, each of which knows the earlier ones.</summary>
internal sealed class ChatCommand() : Verb(
    "chat", "[options]", "answer one question after another, each knowing the earlier ones",
    "As `rlm ask`, for every question that is typed, or for each line of stdin without a terminal. What was asked and answered before, variables and replies are kept, "
    + "and all questions share the limits; --timeout is for each. Answers go to stdout, all else to stderr. Ctrl-C stops the question, and Ctrl-D ends. "
    + "`:help` lists the commands. A line is a question, and nothing else is asked of who types it unless --confirm is given.",
    [
        OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Grammar, Instructions, MaxSteps,
        .. Calling.Where(option => option != DryRun),
    ],
    [
        ("rlm chat -c contracts/", "then \"Who may end early?\", \"And at what cost?\""),
        ("rlm chat -c mails.txt < questions.txt", "a question a line"),
        ("rlm chat -c mails.txt --max-cost 2 --journal talk.jsonl", "bounded as a whole; add --resume to go on after a stop"),
        ("rlm chat -c mails.txt --json < questions.txt", "for scripts: a JSON object a line"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [var word, ..])
            reader.Fail($"`{word}` is one argument too many: questions are typed, or read from stdin; `rlm ask` answers one");
        return new ChatInvocation(ContextArguments.ReadBesideInput(reader, "questions"), RunArguments.Read(reader), OutputArguments.Read(reader));
    }
}

internal sealed record ChatInvocation(ContextArguments Contexts, RunArguments Run, OutputArguments Output) : Invocation
{
    public override bool NeedsQueue(CliHost host) => Run.FindQueue(host) is not null;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host = PromptedInput.WithEditedAnswers(host);
        using var prepared = new PreparedRun(Run, Output, host, null);
        var variables = await prepared.LoadAsync(Contexts, cancellationToken).ConfigureAwait(false);
        await prepared.ConnectAsync(Run.Model, isPaid: true, cancellationToken).ConfigureAwait(false);
        using var questions = await ChatQuestions.StartAsync(prepared, Run, Output, host, variables, cancellationToken).ConfigureAwait(false);
        return await new ChatLoop(questions, host, prepared.Status).RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
