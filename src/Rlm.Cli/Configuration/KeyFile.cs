using System.Diagnostics;
using System.Text;
using Tomlyn.Syntax;

namespace Rlm.Cli.Configuration;

/// <summary>The user's keys by name: each a text, or a command that prints it.</summary>
internal sealed class KeyFile
{
    private const string Command = "command";

    private const int MaxChars = 16_384;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(2);

    private readonly TomlFile? _file;

    private KeyFile(TomlFile? file) => _file = file;

    /// <summary>The names, with the command of each; null for a key that stands in the file.</summary>
    public IReadOnlyList<(string Name, string? Command)> Names =>
        _file is null ? [] : [.. _file.Document.KeyValues.Select(entry => (TomlFile.NameOf(entry.Key)!, CommandOf(entry)))];

    /// <summary>The file beside the user's configuration; null where there is no home.</summary>
    public static string? FindPath(Func<string, string?> variable) =>
        ConfigurationPlaces.FindOwn(variable) is { } path ? Path.Combine(Path.GetDirectoryName(path)!, "keys.toml") : null;

    /// <summary>Whether a text can name a key: letters, digits, <c>_</c> and <c>-</c>, as a variable is named or a bare key of TOML.</summary>
    public static bool IsName(string text) => text.Length > 0 && BareKeySyntax.IsBareKey(text);

    /// <summary>Reads the keys, if there are any.</summary>
    /// <exception cref="MisuseException">The file is wrong, or others may read it.</exception>
    public static KeyFile Read(Func<string, string?> variable)
    {
        if (FindPath(variable) is not { } path || !File.Exists(path))
            return new(null);
        if (UserFolder.IsOpenToOthers(path))
            throw new MisuseException($"{path} holds keys, and others may read or write it: chmod 600 {path}");

        var file = ReadSecret(path);
        foreach (var entry in file.Document.KeyValues)
        {
            if (TomlFile.NameOf(entry.Key) is null || (entry.Value is not StringValueSyntax && CommandOf(entry) is null))
                throw file.Misuse(entry, "this is not a key: write NAME = \"…\" or NAME = { command = \"…\" }");
        }

        return new(file);
    }

    /// <summary>Keeps a key under a name, in place of what there was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name: one of <see cref="IsName"/>.</param>
    /// <param name="key">The key; null where a command prints it.</param>
    /// <param name="command">The command; null where the key is kept.</param>
    public static void Set(string path, string name, string? key, string? command)
    {
        var file = File.Exists(path) ? ReadSecret(path) : TomlFile.Parse(path, "");
        string value = key is not null ? TomlFile.Quote(key) : $"{{ {Command} = {TomlFile.Quote(command!)} }}";
        UserFolder.Write(path, ConfigurationText.Set(file, [], name, value));
    }

    /// <summary>Forgets a key; false where there is none of that name.</summary>
    public static bool Remove(string path, string name)
    {
        if (!File.Exists(path) || ConfigurationText.Remove(ReadSecret(path), [], name) is not { } text)
            return false;

        UserFolder.Write(path, text);
        return true;
    }

    /// <summary>The key of that name; null where there is none.</summary>
    /// <exception cref="IOException">Its command prints none.</exception>
    public string? Find(string name)
    {
        var entry = _file?.Document.KeyValues.FirstOrDefault(entry => TomlFile.NameOf(entry.Key) == name);
        return entry is null ? null : CommandOf(entry) is { } command ? Run(name, command) : TomlFile.TextOf(entry.Value);
    }

    /// <summary>An error of the file quotes nothing of it.</summary>
    private static TomlFile ReadSecret(string path)
    {
        try
        {
            return TomlFile.Read(path);
        }
        catch (MisuseException exception)
        {
            string place = exception.Message.Split(": ")[0];
            throw new MisuseException($"{place}: the file of keys is not TOML: write NAME = \"…\", or make it anew with rlm keys set NAME");
        }
    }

    private static string? CommandOf(KeyValueSyntax entry) =>
        entry.Value is InlineTableSyntax { Items.ChildrenCount: 1 } table && table.Items.GetChild(0) is { KeyValue: { } only }
            && TomlFile.NameOf(only.Key) == Command && only.Value is StringValueSyntax { Value: { } command } ? command : null;

    /// <summary>The key of a text's first line; null for what can be none.</summary>
    public static string? ReadKey(string text)
    {
        string key = text.TrimStart().Split('\n')[0].Trim();
        return key.Length is > 0 and <= MaxChars && key.All(static character => character is > ' ' and <= '~') ? key : null;
    }

    private static string Run(string name, string command)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", command]) : new ProcessStartInfo("/bin/sh", ["-c", command]);
        // Standard input is the run's: questions, contexts, messages of a host.
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        using var process = Process.Start(start) ?? throw new IOException($"the command of the key `{name}` does not start");
        process.StandardInput.Close();
        char[] printed = new char[MaxChars + 1];
        var reading = process.StandardOutput.ReadBlockAsync(printed, 0, printed.Length);
        if (!reading.Wait(MostTime) || reading.Result > MaxChars || !process.WaitForExit(MostTime))
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"the command of the key `{name}` did not end in two minutes, or printed more than a key");
        }

        if (process.ExitCode != 0)
            throw new IOException(Invariant($"the command of the key `{name}` ended with code {process.ExitCode}"));
        return ReadKey(new string(printed, 0, reading.Result)) ?? throw new IOException($"the command of the key `{name}` printed none");
    }
}
