using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Contexts.S3;
using Rlm.Cli.Output;
using Rlm.Cli.Report;

namespace Rlm.Cli.Runs;

/// <summary>A program that is run by hand, or only told of: over contexts, or over parts of them.</summary>
internal record RunInvocation(ProgramArgument Program, ContextArguments Contexts, RunArguments Run, OutputArguments Output)
    : JournaledInvocation(Contexts, Run, Output)
{
    /// <summary>The page that a plan goes to; null for stdout.</summary>
    public string? PlanPath { get; init; }

    /// <summary>Whether it is told, too, where stages run where shards do.</summary>
    public bool TellsShards { get; init; }

    /// <summary>The parts that the texts are read from; null where they are read themselves.</summary>
    public PartArguments? Parts { get; init; }

    public override bool NeedsQueue(CliHost host) => base.NeedsQueue(host) || Contexts.OfWorkers is not null;

    public override async Task<int> RunAsync(CliHost host, RlmJournal? replay, CancellationToken cancellationToken)
    {
        var stores = new S3Contexts(host);
        using var parts = Parts is { } asked
            ? RlmParts.Open(asked.Paths, path => S3Address.IsS3(path) ? stores.FindAll(path) : null, asked.AllowsMissing)
            : null;
        using var prepared = new PreparedRun(Run, Output, host, replay) { PaidModel = parts?.Model };
        var (text, name) = replay?.LastRun is { Program: { } recorded, ProgramName: { } recordedName }
            ? (recorded, recordedName)
            : await ProgramFile.ReadAsync(Program, host, cancellationToken).ConfigureAwait(false);
        var session = new RlmSession(
            prepared.Models.Sub,
            parts?.Variables ?? (Contexts.OfWorkers is { } ofWorkers
                ? await prepared.ScanAsync(ofWorkers, Contexts.Variables, text, name, cancellationToken).ConfigureAwait(false)
                : await prepared.LoadAsync(Contexts, cancellationToken).ConfigureAwait(false)),
            new RlmOptions { OptionNames = RunArguments.OptionNamesOf(Contexts), MaxDepth = Run.Options.MaxDepth });
        var program = await prepared.Time.RunAsync("the program was checked", () => session.Compile(text, name), cancellationToken)
            .ConfigureAwait(false);
        parts?.RequireProgram(program);

        if (Run.Consent == ConsentMode.Explain && program.HasErrors && Contexts.Contexts.Count == 0 && ContextOutline.Find(text, name, Contexts) is { } outline)
        {
            if (!outline.Program.HasErrors)
            {
                outline.Tell(Output.Json, prepared.Status);
                ShowExplanation(RlmSession.Outline(outline.Program), session, outline.Program, null, host, prepared.Status);
                return ExitCodes.Answered;
            }

            program = outline.Program;
        }

        // A model is chosen, and named, only for a program that asks one.
        await prepared.ConnectAsync(Run.Model.OfStages, program.IsPaid, cancellationToken).ConfigureAwait(false);
        string? model = program.IsPaid ? prepared.Models.Name : null;
        foreach (string reason in parts?.Unpaid ?? [])
            prepared.Status.Tell(reason);
        if (Run.Consent == ConsentMode.Explain || (Run.Consent == ConsentMode.DryRun && !program.HasErrors))
            return await TellAsync(session, parts, program, prepared, model, host, cancellationToken).ConfigureAwait(false);

        var reporter = new RunReporter(host, prepared.Status, isByHand: true, Output, Run.Options.Strict);
        var result = await prepared.RunAsync(
            program.Source, reporter, _ => { }, options => session.With(prepared.Models.Sub, options with { Parts = parts }).RunStreamingAsync(program, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        return result is null ? ResultPrinter.PrintInterrupted(Output.Json, host)
            : Output.Json ? ResultPrinter.PrintJson(result, program.Source, model, host, reporter.Shown)
            : ResultPrinter.Print(result, prepared.Status, reporter);
    }

    private void ShowExplanation(
        RlmExplanation explanation, RlmSession session, RlmProgram program, string? model, CliHost host, StatusWriter status)
    {
        if (PlanPath is null)
        {
            ResultPrinter.PrintExplanation(
                explanation, TellsShards ? session.PlanShards(program) : null, program.Source, model, Output.Json, host);
            return;
        }

        using (var page = PageFile.Create(PlanPath))
            new PlanWriter(explanation, program.Source).Write(page);
        status.Tell($"the plan is in {PlanPath}; nothing was spent");
    }

    /// <summary>Tells how the program would run, or what it would spend; what is known to stop it is drawn as an error.</summary>
    private async Task<int> TellAsync(
        RlmSession session, RlmParts? parts, RlmProgram program, PreparedRun prepared, string? model, CliHost host, CancellationToken cancellationToken)
    {
        if (program.Diagnostics.Count > 0 && !Output.Json)
            prepared.Status.WriteBlock(DiagnosticRenderer.Render(program.Diagnostics, program.Source), isDiagnostics: true);
        if (program.HasErrors)
        {
            if (Output.Json)
                host.WriteText(RunJson.OfErrors(program).Write());
            return ExitCodes.ProgramErrors;
        }

        SpendingPlan plan;
        if (Run.Consent == ConsentMode.Explain)
        {
            var explanation = await prepared.PlanAsync(options => session.With(prepared.Models.Sub, options with { Parts = parts }).ExplainAsync(program, cancellationToken))
                .ConfigureAwait(false);
            plan = explanation.Plan;
            ShowExplanation(explanation, session, program, model, host, prepared.Status);
        }
        else
        {
            plan = await prepared.PlanAsync(options => session.With(prepared.Models.Sub, options with { Parts = parts }).PlanAsync(program, cancellationToken))
                .ConfigureAwait(false);
            ResultPrinter.PrintPlan(plan, program.Source, model, Output.Json, host);
        }

        if (plan.StopsAt is not { } stop)
            return plan.Refusal is null ? ExitCodes.Answered : ExitCodes.LimitReached;

        if (!Output.Json)
            prepared.Status.WriteBlock(DiagnosticRenderer.Render(stop, program.Source), isDiagnostics: true);
        return ExitCodes.ProgramErrors;
    }
}
