namespace Rlm.Cli.CommandLine;

/// <summary>What a configuration says in place of an option.</summary>
/// <param name="Text">What would stand on the command line; <c>true</c> or <c>false</c> for a flag.</param>
/// <param name="Origin">Where it was said, such as <c>/home/me/.config/rlm/config.toml:3:13</c>.</param>
internal sealed record ConfiguredValue(string Text, string Origin);
