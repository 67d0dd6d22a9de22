namespace Rlm.Cli.CommandLine;

/// <summary>Says nothing: all there is stands on the command line, as in a journal's.</summary>
internal sealed class NoOptionSource : IOptionSource
{
    public IReadOnlyList<ConfiguredValue> Loaders => [];

    public ConfiguredValue? Find(OptionSpec option) => null;
}
