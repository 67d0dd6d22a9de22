namespace Rlm.Cli.CommandLine;

/// <summary>Where options come from that a command line does not give.</summary>
internal interface IOptionSource
{
    /// <summary>What it says of an option; null for nothing.</summary>
    ConfiguredValue? Find(OptionSpec option);

    /// <summary>The programs that read files, as values of <c>--loader</c>, the strongest first.</summary>
    IReadOnlyList<ConfiguredValue> Loaders { get; }
}
