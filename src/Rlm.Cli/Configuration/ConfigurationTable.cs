using Rlm.Cli.CommandLine;
using Tomlyn.Syntax;

namespace Rlm.Cli.Configuration;

/// <summary>The options that a file, or a profile in it, sets.</summary>
internal sealed class ConfigurationTable
{
    private readonly Dictionary<OptionSpec, ConfiguredValue> _values = [];

    /// <summary>What it says of an option; null for nothing.</summary>
    public ConfiguredValue? Find(OptionSpec option) => _values.GetValueOrDefault(option);

    /// <summary>Takes an entry of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="MisuseException">It is not an option, or not a value of one.</exception>
    public void Add(TomlFile file, KeyValueSyntax entry)
    {
        string key = TomlFile.NameOf(entry.Key) ?? throw file.Misuse(entry, "a key with dots is not an option: write a table as [profiles.NAME]");
        if (ConfigurationKeys.Find(key) is not { } option)
            throw file.Misuse(entry, ConfigurationKeys.DescribeUnknown(key));
        if (TomlFile.TextOf(entry.Value) is not { } text)
            throw file.Misuse(entry, $"`{key}` has one value: write {ConfigurationKeys.FormOf(option)}");
        if (option.IsFlag != entry.Value is BooleanValueSyntax)
            throw file.Misuse(entry, option.IsFlag ? $"`{key}` is true or false" : $"`{key}` is not a flag: write {ConfigurationKeys.FormOf(option)}");
        // A path is meant from where the file is, wherever rlm is started.
        _values.Add(option, new(option.IsPath && !text.StartsWith('~') ? Path.Combine(Path.GetDirectoryName(file.Path)!, text) : text, file.OriginOf(entry)));
    }

    /// <summary>Checks what entries say together.</summary>
    /// <exception cref="MisuseException">A key has no address that it is for.</exception>
    public void Check()
    {
        RequireAddress(OptionCatalog.Key, OptionCatalog.BaseUrl);
        RequireAddress(OptionCatalog.SubKey, OptionCatalog.SubBaseUrl);
    }

    private void RequireAddress(OptionSpec key, OptionSpec address)
    {
        if (Find(key) is { } value && Find(address) is null)
        {
            throw new MisuseException(
                $"{value.Origin}: `{ConfigurationKeys.NameOf(key)}` needs `{ConfigurationKeys.NameOf(address)}` beside it, the address that the key is for");
        }
    }
}
