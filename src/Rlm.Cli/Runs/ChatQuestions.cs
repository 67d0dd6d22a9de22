using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Runs;

/// <summary>The questions of a conversation: over the same variables, on one budget and one journal.</summary>
internal sealed class ChatQuestions : IDisposable
{
    private readonly PreparedRun _prepared;
    private readonly RunArguments _run;
    private readonly OutputArguments _output;
    private readonly CliHost _host;
    private readonly CallBudget _budget;
    private readonly RlmJournal? _journal;
    private RlmConversation _conversation;
    private TimeSpan _elapsed;

    private ChatQuestions(
        PreparedRun prepared, RunArguments run, OutputArguments output, CliHost host, CallBudget budget, RlmJournal? journal, RlmConversation conversation) =>
        (_prepared, _run, _output, _host, _budget, _journal, _conversation) = (prepared, run, output, host, budget, journal, conversation);

    /// <summary>Begins the conversation; spends nothing.</summary>
    public static async Task<ChatQuestions> StartAsync(
        PreparedRun prepared, RunArguments run, OutputArguments output, CliHost host, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken)
    {
        var budget = new CallBudget(run.Options.MaxCalls);
        var journal = prepared.OpenJournal();
        try
        {
            var conversation = await AgentOf(prepared, journal, budget).StartAsync(variables, cancellationToken).ConfigureAwait(false);
            if (conversation.Variables.Count == 0)
                prepared.Status.Tell("no context: asking without a text; give one with -c");
            return new(prepared, run, output, host, budget, journal, conversation);
        }
        catch
        {
            prepared.Close(journal);
            throw;
        }
    }

    /// <summary>Answers the next question; gives the exit code that it alone would have.</summary>
    public async Task<int> AskAsync(string question, CancellationToken cancellationToken)
    {
        _conversation = _conversation.With(AgentOf(_prepared, _journal, _budget));
        _journal?.Begin(_prepared.DescribeRun(null));
        var reporter = new RunReporter(_host, _prepared.Status, isByHand: false, _output, _run.Options.Strict);
        var result = await reporter.ReadAsync(_conversation.AskStreamingAsync(question, cancellationToken: cancellationToken)).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The run ended without a result.");
        _elapsed += result.Usage.Elapsed;
        return _output.Json ? ResultPrinter.PrintJsonLine(question, result, _prepared.Models.Name, _host)
            : ResultPrinter.Print(result, _prepared.Status, reporter);
    }

    /// <summary>What is spent and left.</summary>
    public string DescribeBudget() => UsageText.Of(_budget.Usage with { Elapsed = _elapsed });

    public void Dispose() => _prepared.Close(_journal);

    private static RlmAgent AgentOf(PreparedRun prepared, RlmJournal? journal, CallBudget budget) =>
        new(prepared.Models.Root, prepared.Models.Sub, prepared.OptionsOf(journal, budget));
}
