using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Lsp;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Programs;

/// <summary><c>rlm check</c>: diagnostics without a run.</summary>
internal sealed class CheckCommand() : Verb(
    "check", "PROGRAM | FILE [options]", "parse, bind and type-check a program without running it",
    "Diagnostics go to stderr, or with --json to stdout as an array. With contexts their names and fields are known, and so is more of what is wrong.",
    [Expression, OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Json, .. Common],
    [
        ("rlm check errors.rlm", "against a `context` that is one text"),
        ("rlm check -e 'parse csv | sum amount' -c orders.csv", "the columns of the file are known"),
        ("rlm check errors.rlm --json", "for editors and scripts"),
    ])
{
    public override Invocation Read(OptionReader reader) =>
        new CheckInvocation(ProgramArgument.Read(reader), ContextArguments.Read(reader, readsInput: false), OutputArguments.Read(reader));
}

internal sealed record CheckInvocation(ProgramArgument Program, ContextArguments Contexts, OutputArguments Output) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var status = new StatusWriter(host, Output);
        var (text, name) = await ProgramFile.ReadAsync(Program, host, cancellationToken).ConfigureAwait(false);
        using var service = await LanguageService.OpenAsync(Contexts, host, status, cancellationToken).ConfigureAwait(false);
        var program = service.Compile(text, name);

        // Editors and scripts mend what is written; whoever reads is shown what it is read as.
        if (Output.Json)
            host.Output.WriteLine(DiagnosticJson.Write(program.WrittenDiagnostics, program.Written));
        else
            Print(program, status);
        return program.HasErrors ? ExitCodes.ProgramErrors : ExitCodes.Answered;
    }

    private static void Print(RlmProgram program, StatusWriter status)
    {
        var told = program.Diagnostics.Where(diagnostic => !status.IsQuiet || diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (told.Count > 0)
            status.WriteBlock(DiagnosticRenderer.Render(told, program.Source), isDiagnostics: true);
        else
            status.Tell($"{program.Source.Name}: no errors");
    }
}
