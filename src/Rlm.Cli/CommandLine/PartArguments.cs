namespace Rlm.Cli.CommandLine;

/// <param name="Paths">The parts of a program's texts.</param>
/// <param name="AllowsMissing">Whether shards may be missing.</param>
internal sealed record PartArguments(IReadOnlyList<string> Paths, bool AllowsMissing);
