namespace Rlm.Cli.CommandLine;

/// <summary>
/// A command: what the help says of it, its options, and how its arguments are read; the invocation that it reads runs itself.
/// </summary>
/// <param name="name">The word after <c>rlm</c>.</param>
/// <param name="usage">What follows it.</param>
/// <param name="summary">What it does, in one line without a full stop.</param>
/// <param name="description">The same for the long help, in a few sentences.</param>
/// <param name="options">The options in the order of the help.</param>
/// <param name="examples">Command lines, each with a word on it.</param>
internal abstract class Verb(
    string name,
    string usage,
    string summary,
    string description,
    IReadOnlyList<OptionSpec> options,
    IReadOnlyList<(string CommandLine, string Comment)> examples)
{
    public string Name => name;

    public string Usage => usage;

    public string Summary => summary;

    public string Description => description;

    public IReadOnlyList<OptionSpec> Options => options;

    public IReadOnlyList<(string CommandLine, string Comment)> Examples => examples;

    /// <summary>The words that may be its argument, for completion; empty where that is a file or a text.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>Whether its <c>--json</c> is the object of a run, also of one that failed.</summary>
    public virtual bool PrintsRuns => false;

    /// <summary>Whether the long help ends with the exit codes and the environment.</summary>
    public virtual bool ExplainsEnvironment => true;

    /// <summary>Reads its arguments; what is wrong with them is left with the reader.</summary>
    public abstract Invocation Read(OptionReader reader);
}
