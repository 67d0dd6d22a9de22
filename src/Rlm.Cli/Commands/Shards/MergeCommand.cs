using Rlm.Cli.CommandLine;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Shards;

/// <summary><c>rlm merge</c>: the answer of what many machines did.</summary>
internal sealed class MergeCommand() : Verb(
    "merge", "PROGRAM | FILE PART… [options]", "answer a program from the parts that `rlm map` wrote",
    "Gives what `rlm run` gives over the whole texts, with the same line numbers and citations, and takes the same options. The program is the one that the parts were made with. "
    + "A part that is damaged, of other texts, of another program or version, or of another number of shards is refused, and so is a shard that is missing.",
    [Expression, AllowMissing, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Grammar, Sample, OptionCatalog.Format, .. Calling],
    [
        ("rlm merge errors.rlm parts/*.part", "in any order"),
        ("rlm merge -e 'grep /ERROR/ | count' parts/*.part --allow-missing", "a partial answer, where a machine failed"),
        ("rlm merge triage.rlm parts/*.part --max-calls 400 --journal run.jsonl", "paid stages run here"),
    ])
{
    public override bool PrintsRuns => true;

    public override Invocation Read(OptionReader reader)
    {
        string? text = reader.Texts(Expression) is { Count: > 0 } lines ? string.Join('\n', lines) : null;
        var words = reader.Words;
        if (text is null && words.Count == 0)
            reader.Fail("the program is missing: a FILE, or -e DSL");
        string[] parts = [.. words.Skip(text is null ? 1 : 0)];
        if (parts.Length == 0)
            reader.Fail("the parts are missing: name the files that `rlm map` wrote, as in parts/*.part");
        return new MergeInvocation(new RunInvocation(
            new ProgramArgument(text, text is null && words.Count > 0 ? words[0] : null),
            new ContextArguments([], [], ReadsStandardInput: false),
            RunArguments.Read(reader),
            OutputArguments.Read(reader))
        {
            Parts = new PartArguments(parts, reader.Flag(AllowMissing)),
        });
    }
}

/// <summary>A run over parts.</summary>
internal sealed record MergeInvocation : RunInvocation
{
    public MergeInvocation(RunInvocation run)
        : base(run)
    {
    }
}
