using Rlm.Cli.CommandLine;
using Tomlyn.Syntax;

namespace Rlm.Cli.Configuration;

/// <summary>Changes the text of a configuration and leaves all else in it as it was written.</summary>
internal static class ConfigurationText
{
    /// <summary>The text with the value of a key set.</summary>
    /// <param name="file">The file as it is.</param>
    /// <param name="table">The names of the key's table, as <c>profiles</c> and a profile; none for what stands in no table.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, as TOML writes it.</param>
    public static string Set(TomlFile file, IReadOnlyList<string> table, string key, string value)
    {
        if (FindEntry(file, table, key) is { Value: { } old })
            return file.Text[..old.Span.Offset] + value + file.Text[(old.Span.Offset + old.Span.Length)..];

        string line = $"{WriteKey(key)} = {value}\n";
        if (table.Count == 0)
        {
            int end = file.Document.Tables.FirstOrDefault() is { } first ? StartOf(file, first) : file.Text.Length;
            string before = file.Text[..end];
            return before + (before.Length == 0 || before.EndsWith('\n') ? "" : "\n") + line + (end < file.Text.Length ? "\n" : "") + file.Text[end..];
        }

        if (FindTable(file, table) is not { } known)
        {
            string gap = file.Text.Length == 0 ? "" : file.Text.EndsWith('\n') ? "\n" : "\n\n";
            return $"{file.Text}{gap}[{string.Join('.', table.Select(WriteKey))}]\n{line}";
        }

        int headEnd = file.Text.IndexOf('\n', known.Name!.Span.Offset);
        return headEnd < 0 ? $"{file.Text}\n{line}" : file.Text[..(headEnd + 1)] + line + file.Text[(headEnd + 1)..];
    }

    /// <summary>The text without a key; null where it has none.</summary>
    /// <param name="file">The file as it is.</param>
    /// <param name="table">The names of the key's table, as <c>profiles</c> and a profile; none for what stands in no table.</param>
    /// <param name="key">The key.</param>
    public static string? Remove(TomlFile file, IReadOnlyList<string> table, string key)
    {
        if (FindEntry(file, table, key) is not { } entry)
            return null;

        int start = file.Text.LastIndexOf('\n', Math.Max(0, entry.Key!.Span.Offset - 1)) + 1;
        int end = file.Text.IndexOf('\n', entry.Value!.Span.Offset + entry.Value.Span.Length);
        return file.Text[..start] + (end < 0 ? "" : file.Text[(end + 1)..]);
    }

    /// <summary>A value of an option as TOML writes it.</summary>
    public static string ValueOf(OptionSpec option, string text) =>
        option.IsFlag || long.TryParse(text, out long whole) && Invariant($"{whole}") == text ? text : TomlFile.Quote(text);

    private static string WriteKey(string name) => BareKeySyntax.IsBareKey(name) ? name : TomlFile.Quote(name);

    private static KeyValueSyntax? FindEntry(TomlFile file, IReadOnlyList<string> table, string key) =>
        (table.Count == 0 ? file.Document.KeyValues : FindTable(file, table)?.Items)?.FirstOrDefault(entry => TomlFile.NameOf(entry.Key) == key);

    private static TableSyntaxBase? FindTable(TomlFile file, IReadOnlyList<string> names) => file.Document.Tables.FirstOrDefault(table =>
        table.Name is { } name && names.SequenceEqual([TomlFile.TextOf(name.Key), .. name.DotKeys.Select(key => TomlFile.TextOf(key.Key))]));

    /// <summary>Where a table's lines begin, with the comments right above it.</summary>
    private static int StartOf(TomlFile file, TableSyntaxBase table)
    {
        int start = file.Text.LastIndexOf('\n', Math.Max(0, table.Name!.Span.Offset - 1)) + 1;
        while (start > 0)
        {
            int above = file.Text.LastIndexOf('\n', Math.Max(0, start - 2)) + 1;
            if (above == start || !file.Text[above..start].TrimStart().StartsWith('#'))
                break;
            start = above;
        }

        return start;
    }
}
