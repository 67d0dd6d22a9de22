namespace Rlm.Cli.Tests.Configuration;

/// <summary>A home with a configuration of its own.</summary>
internal sealed class ConfigurationHome
{
    private readonly string _home = TestFiles.NewDirectory();

    public ConfigurationHome(string configuration)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path_)!);
        File.WriteAllText(Path_, configuration);
    }

    public string Path_ => Path.Combine(_home, ".config", "rlm", "config.toml");

    public string Home => _home;

    public string Keys => Path.Combine(_home, ".config", "rlm", "keys.toml");

    public string Text => File.ReadAllText(Path_);

    public CliSetup Setup(params (string Name, string Value)[] variables) => new()
    {
        Environment = variables.Append(("HOME", _home)).ToDictionary(variable => variable.Item1, variable => variable.Item2),
    };

    public Task<CliRun> RunAsync(params string[] args) => Setup().RunAsync(args);
}
