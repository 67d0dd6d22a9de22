
using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Dsl;
using Rlm.Dsl.Diagnostics;
using Rlm.Offline;
using Rlm.Runtime;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm check</c>: diagnostics without a run.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(CheckInvocation check, CliHost host, CancellationToken cancellationToken)
    {
        var status = new StatusWriter(host, check.Output);
        var (text, name) = await ProgramFile.ReadAsync(check.Program, host, cancellationToken).ConfigureAwait(false);
        var program = await CompileAsync(text, name, check.Contexts, host, status, cancellationToken).ConfigureAwait(false);

        if (check.Output.Json)
            host.Output.WriteLine(DiagnosticJson.Write(program.Diagnostics, program.Source));
        else
            Print(program, status);
        return program.HasErrors ? ExitCodes.ProgramErrors : ExitCodes.Answered;
    }

    private static async Task<RlmProgram> CompileAsync(string text, string name, ContextArguments contexts, CliHost host, StatusWriter status, CancellationToken cancellationToken)
    {
        if (contexts.Contexts.Count == 0)
            return RlmProgram.Compile(text, name, [ContextArgument.DefaultName, .. contexts.Variables.Select(variable => variable.Name)]);

        var variables = await ContextLoader.LoadAsync(contexts, host, status.Tell, new TimeLimit(null), cancellationToken).ConfigureAwait(false);
        using var client = new OfflineChatClient();
        return new RlmSession(client, variables).Compile(text, name);
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
