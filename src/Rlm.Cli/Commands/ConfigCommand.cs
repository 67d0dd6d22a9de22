using Rlm.Cli.CommandLine;
using Rlm.Cli.Configuration;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm config</c>: options that hold for every run.</summary>
internal sealed class ConfigCommand() : Verb(
    "config", "show | path | set KEY VALUE | unset KEY | trust [DIR] | untrust [DIR]", "options that hold for every run, and profiles of them",
    "They stand in your own config.toml and in the nearest .rlm.toml from the working folder upwards, which goes before it. A profile goes before what stands outside of one, "
    + "a variable of the environment (RLM_MODEL, RLM_PRICES) before both, and the command line before all. A key is an option's name with `_`: max_calls = 100. "
    + "With --profile, `set` and `unset` are of that profile. A .rlm.toml is read only in a folder that you trust, or in one below it: it may come with files of others.",
    [Profile, .. Common],
    [
        ("rlm config set model gpt-6-luna", "for every run"),
        ("rlm config set base_url http://127.0.0.1:11434/v1 --profile local", "an endpoint of a profile"),
        ("rlm config set model qwen3:8b --profile local", "its model; then: rlm ask … --profile local"),
        ("rlm config set profile local", "the profile where none is named"),
        ("rlm config set loaders.heic 'ocr {}'", "a program that reads files of an extension"),
        ("rlm config show", "what holds, and where each value was set"),
        ("rlm config trust ~/work", "read its .rlm.toml, and those below it"),
        ("rlm config untrust ~/work", "and no more"),
    ])
{
    private static readonly Dictionary<string, (int Least, int Most)> Arguments = new(StringComparer.Ordinal)
    {
        ["show"] = (0, 0),
        ["path"] = (0, 0),
        ["set"] = (2, 2),
        ["unset"] = (1, 1),
        ["trust"] = (0, 1),
        ["untrust"] = (0, 1),
    };

    public override IReadOnlyList<string> Words => [.. Arguments.Keys];

    public override Invocation Read(OptionReader reader)
    {
        string[] words = reader.Words.Count == 0 ? ["show"] : [.. reader.Words];
        if (!Arguments.TryGetValue(words[0], out var counts))
            reader.Fail($"`{words[0]}` is none of {string.Join(", ", Arguments.Keys)}");
        else if (words.Length - 1 < counts.Least || words.Length - 1 > counts.Most)
            reader.Fail($"rlm config {words[0]} takes {(counts.Most == 0 ? "nothing" : counts is (0, 1) ? "one DIR at most" : words[0] == "set" ? "KEY VALUE" : "KEY")}");
        else if (words.Contains(""))
            reader.Fail($"rlm config {words[0]}: an argument is empty");
        return new ConfigInvocation(words[0], [.. words.Skip(1)], reader.Text(Profile), OutputArguments.Read(reader));
    }
}

/// <param name="Action">What to do.</param>
/// <param name="Words">With what.</param>
/// <param name="Profile">The profile; null for none.</param>
/// <param name="Output">How it is told.</param>
internal sealed record ConfigInvocation(string Action, IReadOnlyList<string> Words, string? Profile, OutputArguments Output) : Invocation
{
    private const string LoaderPrefix = ConfigurationKeys.Loaders + ".";

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        string path = ConfigurationPlaces.FindOwn(host.Variable)
            ?? throw new MisuseException("there is no home folder for a configuration: set HOME, XDG_CONFIG_HOME or RLM_CONFIG");
        switch (Action)
        {
            case "path":
                host.WriteText(path);
                return ExitCodes.Answered;
            case "show":
                Show(host, path);
                return ExitCodes.Answered;
        }

        using var held = await UserFolder.HoldAsync(path, cancellationToken).ConfigureAwait(false);
        string folder = Path.GetFullPath(UserFolder.Expand(Words.Count > 0 ? Words[0] : ".", host.Variable));
        switch (Action)
        {
            case "set":
                Change(path, Set(path, Words[0], Words[1]), host);
                break;
            case "unset":
                var (table, name) = PlaceOf(Words[0]);
                Change(
                    path,
                    ConfigurationText.Remove(ReadOrEmpty(path), table, name) ?? throw new MisuseException($"{path} does not set `{(table is [ConfigurationKeys.Loaders] ? LoaderPrefix : "")}{name}`{OfProfile}"),
                    host);
                break;
            case "untrust":
                Change(path, Untrust(path, folder, host), host);
                new StatusWriter(host, Output).Tell($"{folder} is trusted no more");
                break;
            default:
                Change(path, Trust(path, folder), host);
                new StatusWriter(host, Output).Tell($"{folder} is trusted{(File.Exists(Path.Combine(folder, ConfigurationPlaces.FolderFile)) ? "" : $", and has no {ConfigurationPlaces.FolderFile} yet")}");
                break;
        }

        return ExitCodes.Answered;
    }

    private string OfProfile => Profile is null ? "" : $" in profile `{Profile}`";

    private void Show(CliHost host, string path)
    {
        var configured = ConfiguredOptions.Read(host, Profile, new StatusWriter(host, Output).Warn);
        if (!File.Exists(path))
            new StatusWriter(host, Output).Tell($"there is no {path} yet: rlm config set KEY VALUE makes it");

        var rows = new List<(string Key, string Value, string Origin)>();
        if (configured.Profile is { } profile)
            rows.Add((ConfigurationKeys.Profile, profile.Text, profile.Origin));
        foreach (var option in ConfigurationKeys.All)
        {
            string key = ConfigurationKeys.NameOf(option);
            if (configured.FindDeciding(option) is { } value)
                rows.Add((key, value.Text, value.Origin));
            else if (option.Default is { } usual)
                rows.Add((key, usual, "default"));
        }

        rows.AddRange(configured.Loaders.Select(loader => loader.Text.IndexOf('=', StringComparison.Ordinal) is var equals
            ? ($"{ConfigurationKeys.Loaders}.{loader.Text[..equals]}", loader.Text[(equals + 1)..], loader.Origin) : default));
        int keyWidth = rows.Max(row => row.Key.Length), valueWidth = rows.Max(row => row.Value.Length);
        foreach (var (key, value, origin) in rows)
            host.WriteText($"{key.PadRight(keyWidth)}  {value.PadRight(valueWidth)}  {origin}");
    }

    private string Set(string path, string word, string value)
    {
        var (table, key) = PlaceOf(word);
        var file = ReadOrEmpty(path);
        if (table is [ConfigurationKeys.Loaders] && LoaderArgument.Read($"{key}={value}") is null)
            throw new MisuseException($"`{value}` is not a command, or `{key}` not an extension: write a program and its arguments, such as 'ocr {{}}'");
        if (ConfigurationKeys.Find(key) is not { } option || table is [ConfigurationKeys.Loaders])
            return ConfigurationText.Set(file, table, key, TomlFile.Quote(value));

        if (option.IsFlag && value is not ("true" or "false"))
            throw new MisuseException($"`{key}` is true or false");
        if (!option.IsFlag && CommandLineReader.Read(["ask", "?", $"{option.Name}={value}", .. AddressOf(option)], _ => new NoOptionSource()) is Misuse misuse)
            throw new MisuseException(misuse.Message);
        return ConfigurationText.Set(file, table, key, ConfigurationText.ValueOf(option, value));
    }

    /// <summary>The key as files write it, and the names of the table that it stands in.</summary>
    private (IReadOnlyList<string> Table, string Key) PlaceOf(string word)
    {
        if (word.StartsWith(LoaderPrefix, StringComparison.Ordinal) && word.Length > LoaderPrefix.Length)
        {
            return Profile is null
                ? ([ConfigurationKeys.Loaders], word[LoaderPrefix.Length..].ToLowerInvariant())
                : throw new MisuseException($"loaders hold under every profile: leave out --profile {Profile}");
        }

        string key = word.TrimStart('-').Replace('-', '_');
        if (ConfigurationKeys.Find(key) is not null || (key == ConfigurationKeys.Profile && Profile is null))
            return (Profile is null ? [] : [ConfigurationKeys.Profiles, Profile], key);
        throw new MisuseException(
            key == ConfigurationKeys.Trust ? "`trust` is a list: rlm config trust DIR adds to it"
            : key is ConfigurationKeys.Loaders or "loader" ? $"a loader is of an extension: rlm config set {LoaderPrefix}EXT 'COMMAND {{}}'"
            : ConfigurationKeys.DescribeUnknown(key));
    }

    /// <summary>A key's name is read beside an address.</summary>
    private static string[] AddressOf(OptionSpec option) =>
        option == OptionCatalog.Key ? ["--base-url=http://localhost"] : option == SubKey ? ["--sub-base-url=http://localhost"] : [];

    private static string Trust(string path, string full)
    {
        if (!Directory.Exists(full))
            throw new MisuseException($"there is no folder {full}");

        var file = ReadOrEmpty(path);
        var trusted = ConfigurationFile.Read(file, isOwn: true).Trusted;
        return SetTrust(file, trusted.Contains(full) ? trusted : [.. trusted, full]);
    }

    private static string Untrust(string path, string full, CliHost host)
    {
        var file = ReadOrEmpty(path);
        var trusted = ConfigurationFile.Read(file, isOwn: true).Trusted;
        string[] left = [.. trusted.Where(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(UserFolder.Expand(folder, host.Variable))) != Path.TrimEndingDirectorySeparator(full))];
        if (left.Length < trusted.Count)
            return SetTrust(file, left);
        throw new MisuseException(ConfigurationPlaces.IsIn(full, trusted, host.Variable)
            ? $"{full} is trusted with a folder above it: {path} trusts {string.Join(", ", trusted)}"
            : $"{path} does not trust {full}");
    }

    private static string SetTrust(TomlFile file, IReadOnlyList<string> folders) =>
        ConfigurationText.Set(file, [], ConfigurationKeys.Trust, $"[{string.Join(", ", folders.Select(TomlFile.Quote))}]");

    /// <summary>Writes what is right as a whole, so that no later run stumbles over it.</summary>
    private void Change(string path, string text, CliHost host)
    {
        var written = ConfigurationFile.Read(TomlFile.Parse(path, text), isOwn: true);
        if (written.Profile is { Text: var profile } && !written.Profiles.ContainsKey(profile))
            throw new MisuseException($"there is no profile `{profile}` yet: rlm config set KEY VALUE --profile {profile} makes it");
        UserFolder.Write(path, text);
        new StatusWriter(host, Output).Tell($"wrote {path}");
    }

    private static TomlFile ReadOrEmpty(string path) => File.Exists(path) ? TomlFile.Read(path) : TomlFile.Parse(path, "");
}
