using System.Text;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm ask</c>: a model writes the programs.</summary>
internal sealed class AskCommand() : Verb(
    "ask", "QUESTION [options]", "answer a question about the contexts; a model writes the programs",
    "The contexts stay outside the prompt, whatever their size. The model sees their outline and writes small programs that search, cut "
    + "and count, and send only the pieces that need reading to model calls, until it answers. The answer goes to stdout, all else to stderr.",
    [OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Oolong, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Grammar, Instructions, MaxSteps, OptionCatalog.Format, .. Calling],
    [
        ("rlm ask \"Which customers want their money back, and why?\" -c mails.txt", "a file"),
        ("journalctl -b | rlm ask \"What failed first?\"", "standard input"),
        ("rlm ask \"Which contracts can be ended early?\" -c contracts/ --max-calls 100", "a directory of documents, such as PDF and Word files"),
        ("rlm ask \"What changed?\" -c old=v1.txt -c new=v2.txt -m gpt-6-luna -v", "two contexts, every turn shown"),
        ("rlm ask \"How many are spam?\" -c messages.txt --journal run.jsonl", "add --resume to go on after a stop"),
    ])
{
    public override bool PrintsRuns => true;

    public override Invocation Read(OptionReader reader)
    {
        string? prompt = reader.Text(Oolong);
        var contexts = ContextArguments.Read(reader, readsInput: true);
        if (prompt is not null)
            contexts = contexts with { ReadsStandardInput = false };
        if (prompt is not null && (reader.Words.Count > 0 || contexts.Contexts.Count > 0 || contexts.Variables.Any(variable => variable.Name == ContextArgument.DefaultName)))
            reader.Fail("--oolong brings its own question and context: leave the others out");
        return new AskInvocation(
            prompt is null ? ReadQuestion(reader) : "", contexts, RunArguments.Read(reader), OutputArguments.Read(reader))
        {
            OolongPath = prompt,
        };
    }

    private static string ReadQuestion(OptionReader reader)
    {
        var words = reader.Words;
        if (words.Count == 0)
            reader.Fail("the question is missing: rlm ask \"How many errors are there?\" -c server.log");
        else if (words.Count > 1)
            reader.Fail($"`{words[1]}` is one argument too many: put the question in quotes");
        else if (string.IsNullOrWhiteSpace(words[0]))
            reader.Fail("the question is empty");
        return words.Count > 0 ? words[0] : "";
    }
}

internal sealed record AskInvocation(string Question, ContextArguments Contexts, RunArguments Run, OutputArguments Output)
    : JournaledInvocation(Contexts, Run, Output)
{
    /// <summary>The prompt that question and context are in; null where they are given themselves.</summary>
    public string? OolongPath { get; init; }

    public override async Task<int> RunAsync(CliHost host, RlmJournal? replay, CancellationToken cancellationToken)
    {
        using var prepared = new PreparedRun(Run, Output, host, replay);
        var variables = await prepared.LoadAsync(Contexts, cancellationToken).ConfigureAwait(false);
        string question = Question;
        if (OolongPath is not null)
        {
            var prompt = await prepared.Time.RunAsync("the input was read", () => ReadOolong(OolongPath, Contexts.EncodingOf(ContextArgument.DefaultName)), cancellationToken).ConfigureAwait(false);
            question = string.Join("\n\n", new[] { prompt.Header, prompt.Recap, prompt.Question }.Where(part => part.Length > 0));
            variables = [RlmVariable.Text(ContextArgument.DefaultName, prompt.Context), .. variables];
        }

        variables = await prepared.Time.RunAsync(
            "the input was read",
            () => variables.Where(variable => variable.IsDocuments || variable.Sources.Count > 0).ToList(),
            cancellationToken)
            .ConfigureAwait(false);
        if (variables.Count == 0)
            prepared.Status.Tell("no context: asking without a text; give one with -c, or on stdin");

        await prepared.ConnectAsync(Run.Model, isPaid: true, cancellationToken).ConfigureAwait(false);
        var models = prepared.Models;
        bool isTold = false;
        void Tell(SpendingPlan plan)
        {
            isTold = true;
            ResultPrinter.PrintPlan(plan, null, models.Name, Output.Json, host);
        }

        var reporter = new RunReporter(host, prepared.Status, isByHand: false, Output, Run.Options.Strict);
        var result = await prepared.RunAsync(
            null, reporter, Tell, options =>
                new RlmAgent(models.Root, models.Sub, options).AskStreamingAsync(question, variables, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        if (isTold)
            return ExitCodes.Answered;

        return result is null ? ResultPrinter.PrintInterrupted(Output.Json, host)
            : Output.Json ? ResultPrinter.PrintJson(result, null, models.Name, host, null)
            : ResultPrinter.Print(result, prepared.Status, reporter);
    }

    private static OolongPrompt ReadOolong(string path, Encoding? encoding) =>
        OolongPrompt.TryParse(TextSource.FromFile(path, encoding: encoding), out var prompt, out string? problem)
            ? prompt
            : throw new TextException($"{path} is not a prompt of OOLONG: {problem.TrimEnd('.')}");
}
