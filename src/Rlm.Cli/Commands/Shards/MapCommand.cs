using Rlm.Cli.CommandLine;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Shards;

/// <summary><c>rlm map</c>: what one of many machines does for a program.</summary>
internal sealed class MapCommand() : Verb(
    "map", "PROGRAM | FILE --shard I/N -o PART [options]", "write what one shard of the texts gives to a program",
    "The texts are divided into N stretches of whole lines, which any engine of batches may work on at the same time, each with a number I. "
    + "A part holds the lines of its stretch that the program asks for, and the replies that the shard paid for: those of paid stages about single rows, such as `grep … | map llm`. "
    + "`rlm merge` makes of all parts the answer of `rlm run`, and pays for the rest. --max-calls N is the shard's own limit, and with --divide that of all shards together. "
    + "--resume goes on from the journal where there is one, so that an engine may start the same command again. --dry-run tells which stages run where, and writes nothing.",
    [Expression, OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Shard, OutputFile, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Grammar, .. Mapping],
    [
        ("rlm map errors.rlm -c server.log --shard 3/64 -o parts/3.part", "the third of 64 machines"),
        ("rlm map -e 'grep /ERROR/ | count by name' -c \"logs/*.log\" --shard 1/4 -o 1.part", "over documents, the first of four"),
        ("rlm map triage.rlm -c logs --shard 3/64 -o 3.part --max-calls 6400 --divide", "paid: 100 calls of this shard, 6,400 of all"),
        ("rlm map errors.rlm -c server.log --dry-run", "which stages run where"),
        ("rlm merge errors.rlm parts/*.part", "the answer, when all are there"),
    ])
{
    public override bool PrintsRuns => true;

    public override Invocation Read(OptionReader reader)
    {
        string? path = reader.Text(OutputFile);
        var run = RunArguments.Read(reader);
        bool isDry = run.Consent == ConsentMode.DryRun;
        if (path is null && !isDry)
            reader.Fail("the part is missing: say with -o parts/3.part where it goes");
        string? number = reader.Text(Shard);
        var shard = number is null ? null : RlmShard.TryParse(number);
        if (number is null && !isDry)
            reader.Fail("the shard is missing: say with --shard 3/64 which one of how many it is");
        else if (number is not null && shard is null)
            reader.Fail(Invariant($"--shard `{number}` is not I/N: two whole numbers, I from 1 to N and N up to {RlmShard.MaxCount:N0}, such as 3/64"));
        if (reader.Flag(Divide) && reader.Text(MaxCalls) is null)
            reader.Fail("--divide needs --max-calls N, the most calls of all shards together");
        else if (reader.Flag(Divide) && shard is { } one)
            run = run with { Options = ShardLimits.Divide(run.Options, one, reader) };
        var program = ProgramArgument.Read(reader);
        return new MapInvocation(
            program, ContextArguments.Read(reader, readsInput: program.Path != "-"), shard.GetValueOrDefault(), isDry ? null : path, run, OutputArguments.Read(reader));
    }
}
