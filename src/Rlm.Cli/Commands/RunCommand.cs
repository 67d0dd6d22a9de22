using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Cli.Report;
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

internal sealed record RunInvocation(ProgramArgument Program, ContextArguments Contexts, RunArguments Run, OutputArguments Output)
    : JournaledInvocation(Contexts, Run, Output)
{
    /// <summary>The page that a plan goes to; null for stdout.</summary>
    public string? PlanPath { get; init; }

    public override async Task<int> RunAsync(CliHost host, RlmJournal? replay, CancellationToken cancellationToken)
    {
        using var prepared = new PreparedRun(Run, Output, host, replay);
        var (text, name) = replay?.LastRun is { Program: { } recorded, ProgramName: { } recordedName }
            ? (recorded, recordedName)
            : await ProgramFile.ReadAsync(Program, host, cancellationToken).ConfigureAwait(false);
        var session = new RlmSession(
            prepared.Models.Sub, await prepared.LoadAsync(Contexts, cancellationToken).ConfigureAwait(false),
            new RlmOptions { OptionNames = RunArguments.OptionNames, MaxDepth = Run.Options.MaxDepth });
        var program = await prepared.Time.RunAsync("the program was checked", () => session.Compile(text, name), cancellationToken)
            .ConfigureAwait(false);

        if (Run.Consent == ConsentMode.Explain && program.HasErrors && Contexts.Contexts.Count == 0 && ContextOutline.Find(text, name, Contexts) is { } outline)
        {
            if (!outline.Program.HasErrors)
            {
                outline.Tell(Output.Json, prepared.Status);
                ShowExplanation(RlmSession.Outline(outline.Program), outline.Program, null, host, prepared.Status);
                return ExitCodes.Answered;
            }

            program = outline.Program;
        }

        // A model is chosen, and named, only for a program that asks one.
        await prepared.ConnectAsync(Run.Model.OfStages, program.IsPaid, cancellationToken).ConfigureAwait(false);
        string? model = program.IsPaid ? prepared.Models.Name : null;
        if (Run.Consent == ConsentMode.Explain || (Run.Consent == ConsentMode.DryRun && !program.HasErrors))
            return await TellAsync(session, program, prepared, model, host, cancellationToken).ConfigureAwait(false);

        var reporter = new RunReporter(host, prepared.Status, isByHand: true, Output, Run.Options.Strict);
        var result = await prepared.RunAsync(
            program.Source, reporter, _ => { }, options => session.With(prepared.Models.Sub, options).RunStreamingAsync(program, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        return result is null ? ResultPrinter.PrintInterrupted(Output.Json, host)
            : Output.Json ? ResultPrinter.PrintJson(result, program.Source, model, host, reporter.Shown)
            : ResultPrinter.Print(result, prepared.Status, reporter);
    }

    private void ShowExplanation(RlmExplanation explanation, RlmProgram program, string? model, CliHost host, StatusWriter status)
    {
        if (PlanPath is null)
        {
            ResultPrinter.PrintExplanation(explanation, program.Source, model, Output.Json, host);
            return;
        }

        using (var page = PageFile.Create(PlanPath))
            new PlanWriter(explanation, program.Source).Write(page);
        status.Tell($"the plan is in {PlanPath}; nothing was spent");
    }

    /// <summary>Tells how the program would run, or what it would spend; what is known to stop it is drawn as an error.</summary>
    private async Task<int> TellAsync(
        RlmSession session, RlmProgram program, PreparedRun prepared, string? model, CliHost host, CancellationToken cancellationToken)
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
            var explanation = await prepared.PlanAsync(options => session.With(prepared.Models.Sub, options).ExplainAsync(program, cancellationToken))
                .ConfigureAwait(false);
            plan = explanation.Plan;
            ShowExplanation(explanation, program, model, host, prepared.Status);
        }
        else
        {
            plan = await prepared.PlanAsync(options => session.With(prepared.Models.Sub, options).PlanAsync(program, cancellationToken))
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
