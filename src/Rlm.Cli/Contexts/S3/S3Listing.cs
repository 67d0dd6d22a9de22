namespace Rlm.Cli.Contexts.S3;

/// <summary>What begins as a prefix does.</summary>
/// <param name="Files">The objects.</param>
/// <param name="LeftOut">Keys that end with a slash, and hold something: no file has such a name.</param>
internal sealed record S3Listing(IReadOnlyList<S3File> Files, IReadOnlyList<string> LeftOut);
