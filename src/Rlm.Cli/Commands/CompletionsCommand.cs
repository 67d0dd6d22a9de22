using Rlm.Cli.CommandLine;
using Rlm.Cli.Completions;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm completions</c>: what a shell needs to complete command lines.</summary>
internal sealed class CompletionsCommand() : Verb(
    "completions", "SHELL", "the completion script of bash, zsh, fish or powershell",
    "The script completes commands, options, their choices, and the topics of `rlm help`. Make it anew with each new rlm.",
    [ShortHelp, LongHelp],
    [.. CompletionScript.OfShells.Select(static shell => ($"rlm completions {shell.Key}", $"goes into {shell.Value.Place}"))])
{
    public override IReadOnlyList<string> Words => [.. CompletionScript.OfShells.Keys];

    public override bool ExplainsEnvironment => false;

    public override Invocation Read(OptionReader reader)
    {
        var shell = reader.Words is [var name] ? CompletionScript.OfShells.GetValueOrDefault(name) : null;
        if (shell is null)
            reader.Fail($"name a shell: {string.Join(", ", Words.SkipLast(1))} or {Words[^1]}");
        return new CompletionsInvocation(shell!);
    }
}

internal sealed record CompletionsInvocation(CompletionScript Script) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Output.Write(Script.Write(VerbCatalog.All));
        return Task.FromResult(ExitCodes.Answered);
    }
}
