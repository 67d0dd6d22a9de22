using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Runtime;
using Rlm.Runtime.Models;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm ask</c>: a model writes the programs.</summary>
internal static class AskCommand
{
    public static async Task<int> RunAsync(AskInvocation ask, CliHost host, CancellationToken cancellationToken, RlmJournal? replay = null)
    {
        var time = new TimeLimit(ask.Run.Options.Timeout);
        host.LimitHeap(ask.Run.Options);
        var status = new StatusWriter(host, ask.Output);
        if (Consent.Missing(ask.Run.Consent, host) is { } missing)
        {
            status.Warn(missing);
            return ExitCodes.WrongUsage;
        }

        var variables = await ContextLoader.LoadAsync(ask.Contexts, host, status.Tell, time, cancellationToken).ConfigureAwait(false);
        if (variables.Count == 0)
            status.Tell("no context: asking without a text; give one with -c, or on stdin");

        using var http = ModelHttp.CreateClient();
        var models = replay?.LastRun is { } last ? ModelConnection.Replay(last) : await ModelConnection.OpenAsync(ask.Run.Model, host, http, status, cancellationToken).ConfigureAwait(false);
        var priced = RunPrices.Add(ask.Run, host);
        if (RunPrices.Missing(priced, models) is { } unpriced)
        {
            status.Warn(unpriced);
            return ExitCodes.WrongUsage;
        }

        bool isTold = false;
        void Tell(SpendingPlan plan)
        {
            isTold = true;
            ResultPrinter.PrintPlan(plan, null, models.Name, ask.Output.Json, host);
        }

        var reporter = new RunReporter(host, status, isByHand: false, ask.Output.Json, ask.Run.Options.Strict);
        var result = await RunScope.RunAsync(
            ask.Run with { Options = priced with { Confirm = Consent.For(ask.Run.Consent, Tell, host, status) } }, models, null, reporter, status,
            options => new RlmAgent(models.Root, models.Sub, time.ApplyTo(options)).RunAsync(ask.Question, variables, cancellationToken),
            replay, cancellationToken).ConfigureAwait(false);

        if (isTold)
            return ExitCodes.Answered;

        return result is null ? ExitCodes.Interrupted
            : ask.Output.Json ? ResultPrinter.PrintJson(result, null, models.Name, host, null)
            : ResultPrinter.Print(result, host, status, reporter);
    }
}
