using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Contexts.S3;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Commands.Shards;

/// <param name="Program">The program.</param>
/// <param name="Contexts">What it is over.</param>
/// <param name="Shard">Which stretch.</param>
/// <param name="PartPath">Where the part goes; null where it is only told which stages run where.</param>
/// <param name="Run">Models, limits and journal of what the shard pays.</param>
/// <param name="Output">How it is told.</param>
internal sealed record MapInvocation(
    ProgramArgument Program, ContextArguments Contexts, RlmShard Shard, string? PartPath, RunArguments Run, OutputArguments Output) : Invocation
{
    public override bool NeedsQueue(CliHost host) => Run.FindQueue(host) is not null;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        // An engine starts a shard again with the command that it had first.
        var run = Run with { Resume = Run.Resume && Path.Exists(Run.JournalPath) };
        using var prepared = new PreparedRun(run, Output, host, replay: null);
        var (text, name) = await ProgramFile.ReadAsync(Program, host, cancellationToken).ConfigureAwait(false);
        var variables = await prepared.LoadAsync(Contexts, cancellationToken).ConfigureAwait(false);
        var session = new RlmSession(prepared.Models.Sub, variables, new RlmOptions { OptionNames = RunArguments.OptionNames });
        var program = session.Compile(text, name);
        if (program.HasErrors)
        {
            prepared.Status.WriteBlock(DiagnosticRenderer.Render(program.Diagnostics, program.Source), isDiagnostics: true);
            return ExitCodes.ProgramErrors;
        }

        var stages = session.PlanShards(program);
        if (PartPath is null)
        {
            host.WriteText(string.Join('\n', ShardPlaces.LinesOf(stages)));
            return ExitCodes.Answered;
        }

        bool isPaid = stages.Any(static stage => stage is { IsPaid: true, Place: RlmShardPlace.OnTheShards });
        var (code, kept) = S3Address.IsS3(PartPath)
            ? await S3Part.PutAsync(PartPath, new S3Contexts(host), WriteAsync, prepared.Status.Warn, cancellationToken).ConfigureAwait(false)
            : await WriteAsync(PartPath).ConfigureAwait(false);
        if (kept is not null)
            prepared.Status.Tell(kept);
        return code;

        Task<(int, string?)> WriteAsync(string path) => isPaid
            ? PayAsync(session, program, prepared, path, host, cancellationToken)
            : MapAsync(session, program, path, cancellationToken);
    }

    private async Task<(int Code, string? Kept)> MapAsync(RlmSession session, RlmProgram program, string path, CancellationToken cancellationToken)
    {
        var (bytes, keptBytes) = await session.MapAsync(program, Shard, path, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (ExitCodes.Answered, Invariant($"shard {Shard}: {keptBytes:N0} of {bytes:N0} bytes are kept in {PartPath}"));
    }

    private async Task<(int Code, string? Kept)> PayAsync(
        RlmSession session, RlmProgram program, PreparedRun prepared, string path, CliHost host, CancellationToken cancellationToken)
    {
        await prepared.ConnectAsync(Run.Model.OfStages, isPaid: true, cancellationToken).ConfigureAwait(false);
        var reporter = new RunReporter(host, prepared.Status, isByHand: true, Output);
        PartWritten? part = null;
        var result = await prepared.RunAsync(
            program.Source, reporter, _ => { },
            options => WatchAsync(
                session.With(prepared.Models.Sub, options).MapStreamingAsync(program, Shard, path, cancellationToken), written => part = written),
            cancellationToken).ConfigureAwait(false);
        if (result is null)
            return (ResultPrinter.PrintInterrupted(isJson: false, host), null);

        int code = ResultPrinter.Print(result, prepared.Status, reporter);
        return (code, part is null ? null
            : Invariant($"shard {Shard}: {part.KeptBytes:N0} of {part.Bytes:N0} bytes and {Amount.Of(part.Replies, "reply")} are kept in {PartPath}"));
    }

    private static async IAsyncEnumerable<RlmEvent> WatchAsync(IAsyncEnumerable<RlmEvent> events, Action<PartWritten> onWritten)
    {
        await foreach (var happened in events.ConfigureAwait(false))
        {
            if (happened is PartWritten written)
                onWritten(written);
            yield return happened;
        }
    }
}
