using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Shards;

/// <summary><c>rlm map</c>: what one of many machines does for a program.</summary>
internal sealed class MapCommand() : Verb(
    "map", "PROGRAM | FILE --shard I/N -o PART [options]", "write what one shard of the texts gives to a program",
    "The texts are divided into N stretches of whole lines, which any engine of batches may work on at the same time, each with a number I. "
    + "A part holds the lines of its stretch that the program asks for. `rlm merge` makes of all parts the answer of `rlm run`. Nothing is paid: paid stages run in the merge. --dry-run tells which stages run where, and writes nothing.",
    [Expression, OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Shard, OutputFile, DryRun, .. Common],
    [
        ("rlm map errors.rlm -c server.log --shard 3/64 -o parts/3.part", "the third of 64 machines"),
        ("rlm map -e 'grep /ERROR/ | count by name' -c \"logs/*.log\" --shard 1/4 -o 1.part", "over documents, the first of four"),
        ("rlm map errors.rlm -c server.log --dry-run", "which stages run where"),
        ("rlm merge errors.rlm parts/*.part", "the answer, when all are there"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        string? path = reader.Text(OutputFile);
        bool isDry = reader.Flag(DryRun);
        if (path is null && !isDry)
            reader.Fail("the part is missing: say with -o parts/3.part where it goes");
        string? number = reader.Text(Shard);
        var shard = number is null ? null : RlmShard.TryParse(number);
        if (number is null && !isDry)
            reader.Fail("the shard is missing: say with --shard 3/64 which one of how many it is");
        else if (number is not null && shard is null)
            reader.Fail(Invariant($"--shard `{number}` is not I/N: two whole numbers, I from 1 to N and N up to {RlmShard.MaxCount:N0}, such as 3/64"));
        var program = ProgramArgument.Read(reader);
        return new MapInvocation(program, ContextArguments.Read(reader, readsInput: program.Path != "-"), shard.GetValueOrDefault(), isDry ? null : path, OutputArguments.Read(reader));
    }
}

/// <param name="Program">The program.</param>
/// <param name="Contexts">What it is over.</param>
/// <param name="Shard">Which stretch.</param>
/// <param name="PartPath">Where the part goes; null where it is only told which stages run where.</param>
/// <param name="Output">How it is told.</param>
internal sealed record MapInvocation(ProgramArgument Program, ContextArguments Contexts, RlmShard Shard, string? PartPath, OutputArguments Output)
    : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var status = new StatusWriter(host, Output);
        var (text, name) = await ProgramFile.ReadAsync(Program, host, cancellationToken).ConfigureAwait(false);
        var variables = await ContextLoader.LoadAsync(Contexts, host, status.Tell, new TimeLimit(null), cancellationToken).ConfigureAwait(false);
        var session = new RlmSession(ModelConnection.Offline().Sub, variables, new RlmOptions { OptionNames = RunArguments.OptionNames });
        var program = session.Compile(text, name);
        if (program.HasErrors)
        {
            status.WriteBlock(DiagnosticRenderer.Render(program.Diagnostics, program.Source), isDiagnostics: true);
            return ExitCodes.ProgramErrors;
        }

        if (PartPath is null)
        {
            foreach (var (stage, place) in session.PlanShards(program))
                host.Output.WriteLine($"{Name(place),-13}  {stage}");
            return ExitCodes.Answered;
        }

        var (bytes, keptBytes) = await session.MapAsync(program, Shard, PartPath, cancellationToken).ConfigureAwait(false);
        status.Tell(Invariant($"shard {Shard}: {keptBytes:N0} of {bytes:N0} bytes are kept in {PartPath}"));
        return ExitCodes.Answered;
    }

    private static string Name(RlmShardPlace place) => place switch
    {
        RlmShardPlace.OnTheShards => "on the shards",
        RlmShardPlace.Merged => "merged",
        _ => "here",
    };
}
