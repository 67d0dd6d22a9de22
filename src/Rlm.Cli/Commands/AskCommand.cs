using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Runtime;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm ask</c>: a model writes the programs.</summary>
internal static class AskCommand
{
    public static async Task<int> RunAsync(AskInvocation ask, CliHost host, CancellationToken cancellationToken, RlmJournal? replay = null)
    {
        using var prepared = new PreparedRun(ask.Run, ask.Output, host, replay);
        var variables = await prepared.LoadAsync(ask.Contexts, cancellationToken).ConfigureAwait(false);
        variables = await prepared.Time.RunAsync(
            "the input was read", () => variables.Where(variable => variable.IsDocuments || variable.Sources.Count > 0).ToList(), cancellationToken)
            .ConfigureAwait(false);
        if (variables.Count == 0)
            prepared.Status.Tell("no context: asking without a text; give one with -c, or on stdin");

        await prepared.ConnectAsync(ask.Run.Model, isPaid: true, cancellationToken).ConfigureAwait(false);
        var models = prepared.Models;
        bool isTold = false;
        void Tell(SpendingPlan plan)
        {
            isTold = true;
            ResultPrinter.PrintPlan(plan, null, models.Name, ask.Output.Json, host);
        }

        var reporter = new RunReporter(host, prepared.Status, isByHand: false, ask.Output.Json, ask.Run.Options.Strict);
        var result = await prepared.RunAsync(
            null, reporter, Tell, options => new RlmAgent(models.Root, models.Sub, options).RunAsync(ask.Question, variables, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        if (isTold)
            return ExitCodes.Answered;

        return result is null ? ExitCodes.Interrupted
            : ask.Output.Json ? ResultPrinter.PrintJson(result, null, models.Name, host, null)
            : ResultPrinter.Print(result, host, prepared.Status, reporter);
    }
}
