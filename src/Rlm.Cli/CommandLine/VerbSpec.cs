namespace Rlm.Cli.CommandLine;

/// <summary>All that is known of a verb.</summary>
/// <param name="Name">The word after <c>rlm</c>.</param>
/// <param name="Usage">What follows it.</param>
/// <param name="Summary">What it does, in one line without a full stop.</param>
/// <param name="Description">The same for the long help, in a few sentences.</param>
/// <param name="Options">The options in the order of the help.</param>
/// <param name="Examples">Command lines, each with a word on it.</param>
internal sealed record VerbSpec(
    string Name,
    string Usage,
    string Summary,
    string Description,
    IReadOnlyList<OptionSpec> Options,
    IReadOnlyList<(string CommandLine, string Comment)> Examples);
