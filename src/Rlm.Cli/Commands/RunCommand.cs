using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Dsl;
using Rlm.Dsl.Diagnostics;
using Rlm.Runtime;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm run</c>: a program by hand.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RunInvocation run, CliHost host, CancellationToken cancellationToken, RlmJournal? replay = null)
    {
        using var prepared = new PreparedRun(run.Run, run.Output, host, replay);
        var (text, name) = replay?.LastRun is { Program: { } recorded, ProgramName: { } recordedName }
            ? (recorded, recordedName)
            : await ProgramFile.ReadAsync(run.Program, host, cancellationToken).ConfigureAwait(false);
        var session = new RlmSession(prepared.Models.Sub, await prepared.LoadAsync(run.Contexts, cancellationToken).ConfigureAwait(false));
        var program = await prepared.Time.RunAsync("the program was checked", () => session.Compile(text, name), cancellationToken)
            .ConfigureAwait(false);

        // A model is chosen, and named, only for a program that asks one.
        var arguments = run.Run.Model with { Model = run.Run.Model.SubModel ?? run.Run.Model.Model, SubModel = null };
        await prepared.ConnectAsync(arguments, program.IsPaid, cancellationToken).ConfigureAwait(false);
        string? model = program.IsPaid ? prepared.Models.Name : null;
        if (run.Run.Consent == ConsentMode.DryRun && !program.HasErrors)
        {
            var plan = await prepared.PlanAsync(options => session.With(prepared.Models.Sub, options).PlanAsync(program, cancellationToken))
                .ConfigureAwait(false);
            return TellPlan(plan, program, model, run.Output.Json, host, prepared.Status);
        }

        var reporter = new RunReporter(host, prepared.Status, isByHand: true, run.Output.Json, run.Run.Options.Strict);
        var result = await prepared.RunAsync(
            program.Source, reporter, _ => { }, options => session.With(prepared.Models.Sub, options).RunAsync(program, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        return result is null ? ExitCodes.Interrupted
            : run.Output.Json ? ResultPrinter.PrintJson(result, program.Source, model, host, reporter.Shown)
            : ResultPrinter.Print(result, host, prepared.Status, reporter);
    }

    /// <summary>Tells what the program would spend; what is known to stop it is drawn as an error.</summary>
    private static int TellPlan(SpendingPlan plan, RlmProgram program, string? model, bool isJson, CliHost host, StatusWriter status)
    {
        ResultPrinter.PrintPlan(plan, program.Source, model, isJson, host);
        if (plan.StopsAt is not { } stop)
            return plan.Refusal is null ? ExitCodes.Answered : ExitCodes.LimitReached;

        if (!isJson)
            status.WriteBlock(DiagnosticRenderer.Render(stop, program.Source), isDiagnostics: true);
        return ExitCodes.ProgramErrors;
    }
}
