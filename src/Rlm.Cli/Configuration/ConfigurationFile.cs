using Rlm.Cli.CommandLine;
using Tomlyn.Syntax;

namespace Rlm.Cli.Configuration;

/// <summary>A file of options: those for every run, and those of profiles.</summary>
internal sealed class ConfigurationFile
{
    private readonly Dictionary<string, ConfigurationTable> _profiles = new(StringComparer.Ordinal);
    private readonly List<TokenSettings> _tokens = [];
    private readonly List<ConfiguredValue> _loaders = [];

    /// <summary>What holds under every profile.</summary>
    public ConfigurationTable Options { get; } = new();

    /// <summary>What holds under one.</summary>
    public IReadOnlyDictionary<string, ConfigurationTable> Profiles => _profiles;

    /// <summary>Who may ask the server, in the order of the file.</summary>
    public IReadOnlyList<TokenSettings> Tokens => _tokens;

    /// <summary>The programs that read files, as values of <c>--loader</c>.</summary>
    public IReadOnlyList<ConfiguredValue> Loaders => _loaders;

    /// <summary>The profile where none is named; null for none.</summary>
    public ConfiguredValue? Profile { get; private set; }

    /// <summary>The folders whose <c>.rlm.toml</c> is read.</summary>
    public IReadOnlyList<string> Trusted { get; private set; } = [];

    /// <param name="file">The file.</param>
    /// <param name="isOwn">Whether it is the user's, which says whom else to trust.</param>
    /// <exception cref="MisuseException">Something in it is wrong.</exception>
    public static ConfigurationFile Read(TomlFile file, bool isOwn)
    {
        var configuration = new ConfigurationFile();
        foreach (var entry in file.Document.KeyValues)
        {
            string? key = TomlFile.NameOf(entry.Key);
            if (key == ConfigurationKeys.Profile)
                configuration.Profile = ReadProfile(file, entry);
            else if (key == ConfigurationKeys.Trust)
                configuration.Trusted = isOwn ? ReadTrust(file, entry) : throw file.Misuse(entry, "`trust` stands in your own configuration alone");
            else if (key == ConfigurationKeys.Profiles)
                throw file.Misuse(entry, "profiles are tables: write [profiles.NAME] above the options of one; `profile` names the one that holds");
            else
                configuration.Options.Add(file, entry);
        }

        foreach (var table in file.Document.Tables)
            configuration.Add(file, table, isOwn);
        configuration.Options.Check();
        return configuration;
    }

    private void Add(TomlFile file, TableSyntaxBase table, bool isOwn)
    {
        string[] words = table is TableSyntax && table.Name is { } name
            ? [TomlFile.TextOf(name.Key), .. name.DotKeys.Select(key => TomlFile.TextOf(key.Key))]
            : [];
        if (words is [ConfigurationKeys.Server, ConfigurationKeys.Tokens, var token])
        {
            _tokens.Add(isOwn ? TokenSettings.Read(file, table, token) : throw file.Misuse(table, "tokens of the server stand in your own configuration alone"));
            return;
        }

        if (words is [ConfigurationKeys.Loaders])
        {
            _loaders.AddRange(table.Items.Select(entry => ReadLoader(file, entry)));
            return;
        }

        if (words is not [ConfigurationKeys.Profiles, var profile])
            throw file.Misuse(table, "this table is neither a profile nor a token nor loaders: write [profiles.NAME], [server.tokens.NAME] or [loaders]");

        var options = _profiles[profile] = new();
        foreach (var entry in table.Items)
            options.Add(file, entry);
        options.Check();
    }

    private static ConfiguredValue ReadLoader(TomlFile file, KeyValueSyntax entry)
    {
        string? extension = entry.Key!.DotKeys.ChildrenCount == 0 ? TomlFile.TextOf(entry.Key.Key) : null;
        return entry.Value is StringValueSyntax { Value: { } command } && LoaderArgument.Read($"{extension}={command}") is not null
            ? new($"{extension}={command}", file.OriginOf(entry))
            : throw file.Misuse(entry, "this is not a loader: write EXT = \"COMMAND {}\", such as heic = \"ocr {}\"");
    }

    private static ConfiguredValue ReadProfile(TomlFile file, KeyValueSyntax entry) => entry.Value is StringValueSyntax { Value: { Length: > 0 } text }
        ? new(text, file.OriginOf(entry))
        : throw file.Misuse(entry, "`profile` is a name in quotes");

    private static string[] ReadTrust(TomlFile file, KeyValueSyntax entry)
    {
        if (entry.Value is not ArraySyntax folders || folders.Items.Any(item => item.Value is not StringValueSyntax))
            throw file.Misuse(entry, "`trust` is a list of folders, such as [\"~/work\"]");
        return [.. folders.Items.Select(item => ((StringValueSyntax)item.Value!).Value!)];
    }
}
