using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Dsl;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Runtime;
using Rlm.Runtime.Models;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm run</c>: a program by hand.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RunInvocation run, CliHost host, CancellationToken cancellationToken, RlmJournal? replay = null)
    {
        var time = new TimeLimit(run.Run.Options.Timeout);
        host.LimitHeap(run.Run.Options);
        var status = new StatusWriter(host, run.Output);
        if (Consent.Missing(run.Run.Consent, host) is { } missing)
        {
            status.Warn(missing);
            return ExitCodes.WrongUsage;
        }

        var (text, name) = replay?.LastRun is { Program: { } recorded } ? (recorded, replay.LastRun.ProgramName!) : await ProgramFile.ReadAsync(run.Program, host, cancellationToken).ConfigureAwait(false);
        var contexts = NeedsInput(text, name, run.Contexts) ? run.Contexts : run.Contexts with { ReadsStandardInput = false };
        var variables = await ContextLoader.LoadAsync(contexts, host, status.Tell, time, cancellationToken).ConfigureAwait(false);

        // Checked first, so that a model is chosen, and named, only for a program that asks one.
        var program = await time.RunAsync("the program was checked", () => new RlmSession(ModelConnection.Offline().Sub, variables).Check(text, name), cancellationToken).ConfigureAwait(false);
        bool isPaid = !program.HasErrors && ProgramFacts.IsPaid(program.Bound!);

        using var http = isPaid ? ModelHttp.CreateClient() : null;
        var arguments = run.Run.Model with { Model = run.Run.Model.SubModel ?? run.Run.Model.Model, SubModel = null };
        var models = replay?.LastRun is { } last ? ModelConnection.Replay(last) : isPaid
            ? await ModelConnection.OpenAsync(arguments, host, http!, status, cancellationToken).ConfigureAwait(false)
            : ModelConnection.Offline();

        var priced = RunPrices.Add(run.Run, host);
        if (RunPrices.Missing(priced, models) is { } unpriced)
        {
            status.Warn(unpriced);
            return ExitCodes.WrongUsage;
        }

        if (run.Run.Consent == ConsentMode.DryRun && !program.HasErrors)
            return await TellPlanAsync(run, priced, models, variables, program, isPaid, host, status, cancellationToken).ConfigureAwait(false);

        var reporter = new RunReporter(host, status, isByHand: true, run.Output.Json, run.Run.Options.Strict);
        var result = await RunScope.RunAsync(
            run.Run with { Options = priced with { Confirm = Consent.For(run.Run.Consent, _ => { }, host, status) } }, models, (text, name), reporter, status,
            options => new RlmSession(models.Sub, variables, time.ApplyTo(options)).RunAsync(text, name, cancellationToken),
            replay, cancellationToken).ConfigureAwait(false);
        if (result is null)
            return ExitCodes.Interrupted;

        result = WithoutAnswerStatement(result, program, reporter);
        return run.Output.Json
            ? ResultPrinter.PrintJson(result, program.Source, isPaid ? models.Name : null, host, reporter.Shown)
            : ResultPrinter.Print(result, host, status, reporter);
    }

    /// <summary>Tells what the program would spend; what is known to stop it is drawn as an error.</summary>
    private static async Task<int> TellPlanAsync(
        RunInvocation run, RlmOptions options, ModelConnection models, IReadOnlyList<RlmVariable> variables, RlmProgram program, bool isPaid, CliHost host, StatusWriter status,
        CancellationToken cancellationToken)
    {
        using var journal = run.Run.OpenJournal();
        var session = new RlmSession(models.Sub, variables, options with { Journal = journal, Models = models.ByName });
        var plan = await session.PlanAsync(program.Source.Content, program.Source.Name, cancellationToken).ConfigureAwait(false);
        ResultPrinter.PrintPlan(plan, program.Source, isPaid ? models.Name : null, run.Output.Json, host);
        if (plan.StopsAt is not { } stop)
            return plan.Refusal is null ? ExitCodes.Answered : ExitCodes.LimitReached;

        if (!run.Output.Json)
            status.WriteBlock(DiagnosticRenderer.Render(stop, program.Source), isDiagnostics: true);
        return ExitCodes.ProgramErrors;
    }

    /// <summary>A program that reads no context does not wait for a pipe that nobody closes.</summary>
    private static bool NeedsInput(string text, string name, ContextArguments contexts) =>
        !contexts.ReadsStandardInput || ProgramFacts.Compile(text, name, contexts.Variables) is not { HasErrors: false, Bound: { } bound } || ProgramFacts.ReadsContext(bound);

    /// <summary>A program that only shows values has done what it says; its last value is not printed again as an answer.</summary>
    private static RlmResult WithoutAnswerStatement(RlmResult result, RlmProgram program, RunReporter reporter)
    {
        bool hasAnswer = program.Bound?.Statements.Any(statement => statement is BoundAnswer) ?? false;
        if (hasAnswer || result.Outcome is not (RlmOutcome.Answered or RlmOutcome.NoAnswer))
            return result;

        bool isDone = result.Outcome == RlmOutcome.NoAnswer && result.Reasons.Count == 0;
        return result with
        {
            Answer = reporter.Shown.Count > 0 ? null : result.Answer,
            Outcome = isDone ? RlmOutcome.Answered : result.Outcome,
        };
    }
}
