using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Configuration;

/// <summary>What the user's file and the folder's say together, under a profile.</summary>
internal sealed class ConfiguredOptions : IOptionSource
{
    /// <summary>Names the profile where no option does.</summary>
    public const string ProfileVariable = "RLM_PROFILE";

    private readonly CliHost _host;

    /// <summary>The weakest first.</summary>
    private readonly List<ConfigurationTable> _tables = [];

    private ConfiguredOptions(CliHost host) => _host = host;

    /// <summary>The profile and where it was named; null for none.</summary>
    public ConfiguredValue? Profile { get; private set; }

    public IReadOnlyList<ConfiguredValue> Loaders { get; private set; } = [];

    /// <summary>Who may ask the server.</summary>
    public IReadOnlyList<TokenSettings> Tokens { get; private set; } = [];

    /// <summary>Reads what there is.</summary>
    /// <param name="host">The process around it.</param>
    /// <param name="profile">The profile that the command line names; null for none.</param>
    /// <param name="tell">Told what is left out.</param>
    /// <exception cref="MisuseException">Something in a file is wrong, or there is no such profile.</exception>
    public static ConfiguredOptions Read(CliHost host, string? profile, Action<string> tell)
    {
        var options = new ConfiguredOptions(host);
        string? ownPath = ConfigurationPlaces.FindOwn(host.Variable), nearestPath = ConfigurationPlaces.FindNearest();
        bool isNamed = host.Variable(ConfigurationPlaces.Variable) is { Length: > 0 };
        var own = ownPath is not null && (isNamed || File.Exists(ownPath))
            ? ConfigurationFile.Read(TomlFile.Read(ownPath), isOwn: true)
            : null;
        var nearest = nearestPath is null || !IsTrusted(nearestPath, own, host, tell) ? null : ConfigurationFile.Read(TomlFile.Read(nearestPath), isOwn: false);
        options.Tokens = own?.Tokens ?? [];
        options.Loaders = [.. nearest?.Loaders ?? [], .. own?.Loaders ?? []];
        options.Choose([.. new[] { own, nearest }.OfType<ConfigurationFile>()], profile);
        return options;
    }

    public ConfiguredValue? Find(OptionSpec option) => FindVariable(option) is null ? FindWritten(option) : null;

    /// <summary>What decides where the command line says nothing: a variable of the environment, else what is written; null for neither.</summary>
    public ConfiguredValue? FindDeciding(OptionSpec option) => FindVariable(option) ?? FindWritten(option);

    private ConfiguredValue? FindVariable(OptionSpec option) =>
        option.Variable is { } variable && _host.Variable(variable) is { Length: > 0 } set ? new(set, variable) : null;

    private ConfiguredValue? FindWritten(OptionSpec option) => FindTable(option)?.Find(option) is not { } found ? null
        : option.IsPath ? found with { Text = UserFolder.Expand(found.Text, _host.Variable) } : found;

    /// <summary>A folder's file may have come with files of others, and says whom to ask and what to spend: it is told, and left out.</summary>
    private static bool IsTrusted(string path, ConfigurationFile? own, CliHost host, Action<string> tell)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (ConfigurationPlaces.IsIn(folder, own?.Trusted ?? [], host.Variable))
            return true;

        tell($"{path} is left out, since its folder is not trusted: rlm config trust {folder}");
        return false;
    }

    private void Choose(IReadOnlyList<ConfigurationFile> files, string? profile)
    {
        _tables.AddRange(files.Select(file => file.Options));
        Profile = profile is not null ? new(profile, OptionCatalog.Profile.Name)
            : _host.Variable(ProfileVariable) is { Length: > 0 } named ? new(named, ProfileVariable)
            : files.LastOrDefault(file => file.Profile is not null)?.Profile;
        if (Profile is null)
            return;

        var tables = files.Where(file => file.Profiles.ContainsKey(Profile.Text)).Select(file => file.Profiles[Profile.Text]).ToList();
        string[] names = [.. files.SelectMany(file => file.Profiles.Keys).Distinct().Order(StringComparer.Ordinal)];
        if (tables.Count == 0)
        {
            throw new MisuseException(
                $"{Profile.Origin}: there is no profile `{Profile.Text}`: {(names.Length > 0 ? $"there are {string.Join(", ", names)}" : "no file has one; write [profiles.NAME]")}");
        }

        _tables.AddRange(tables);
    }

    /// <summary>A key goes with the address of its own table, and to no other.</summary>
    private ConfigurationTable? FindTable(OptionSpec option)
    {
        var decides = option == OptionCatalog.Key ? OptionCatalog.BaseUrl : option == OptionCatalog.SubKey ? OptionCatalog.SubBaseUrl : option;
        return _tables.LastOrDefault(table => table.Find(decides) is not null);
    }
}
