namespace Rlm.Cli.Repl;

/// <summary>A command of a session, which begins with a colon.</summary>
/// <param name="Form">The command with what follows it; what may be left out stands in square brackets.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="RunAsync">Does it with what follows it, null for nothing, and gives an exit code.</param>
internal sealed record LoopCommand(string Form, string Meaning, Func<string?, CancellationToken, Task<int>> RunAsync)
{
    public string Name => Form.Split(' ')[0];

    /// <summary>Whether it may be written with this behind it.</summary>
    public bool Takes(string? argument) => Form.Contains('[') || Form.Contains(' ') == (argument is not null);
}
