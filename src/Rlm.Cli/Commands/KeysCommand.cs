using System.Text;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Configuration;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm keys</c>: keys of endpoints, kept by name.</summary>
internal sealed class KeysCommand() : Verb(
    "keys", "[set NAME | remove NAME]", "keep keys of endpoints by name",
    "A key is typed without being shown, or read from stdin; it is never an argument, and is in no journal and no output. It is kept in keys.toml beside the configuration, "
    + "which nobody else may read; with --command, what prints it is kept instead. NAME is what `key` of a configuration or --key says, or the variable that it stands in for, such as " + ModelProvider.All[0].KeyVariable + ". "
    + "A variable that is set goes before it. Without an action the names are listed.",
    [KeyCommand, .. Common],
    [
        ($"rlm keys set {ModelProvider.All[0].KeyVariable}", "type it, or < FILE"),
        ("rlm keys set work --command 'pass show work/llm'", "then: rlm config set base_url URL --profile work, and: rlm config set key work --profile work"),
        ("rlm keys", "the names"),
        ("rlm keys remove work", "forget it"),
    ])
{
    public override IReadOnlyList<string> Words => ["set", "remove"];

    public override Invocation Read(OptionReader reader)
    {
        var words = reader.Words;
        string? command = reader.Text(KeyCommand);
        if (words.Count > 0 && words[0] is not ("set" or "remove"))
            reader.Fail($"`{words[0]}` is none of set and remove");
        else if (words.Count == 1)
            reader.Fail($"rlm keys {words[0]} needs a NAME, such as {ModelProvider.All[0].KeyVariable}");
        else if (words.Count > 2)
            reader.Fail("a key is never an argument, which others can see: it is typed, or read from stdin");
        else if (words.Count == 2 && !KeyFile.IsName(words[1]))
            reader.Fail($"`{words[1]}` is not a name of a key, which has letters, digits, _ and -");
        else if (command is not null && words is not ["set", _])
            reader.Fail("--command is of rlm keys set NAME");
        return new KeysInvocation(words.Count > 0 ? words[0] : null, words.Count > 1 ? words[1] : "", command, OutputArguments.Read(reader));
    }
}

/// <param name="Action">What to do; null to list the names.</param>
/// <param name="Name">The key's name.</param>
/// <param name="Command">What prints it; null where it is given.</param>
/// <param name="Output">How it is told.</param>
internal sealed record KeysInvocation(string? Action, string Name, string? Command, OutputArguments Output) : Invocation
{
    private const int MaxChars = 65_536;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        string path = KeyFile.FindPath(host.Variable)
            ?? throw new MisuseException("there is no home folder to keep keys in: set HOME, XDG_CONFIG_HOME or RLM_CONFIG");
        var status = new StatusWriter(host, Output);
        switch (Action)
        {
            case null:
                foreach (var (name, command) in KeyFile.Read(host.Variable).Names)
                    host.WriteText(command is null ? name : $"{name}  {command}");
                break;
            case "remove":
                using (await UserFolder.HoldAsync(path, cancellationToken).ConfigureAwait(false))
                {
                    if (!KeyFile.Remove(path, Name))
                        throw new MisuseException($"there is no key `{Name}` in {path}");
                }

                status.Tell($"`{Name}` is forgotten");
                break;
            default:
                string? key = Command is not null ? null
                    : KeyFile.ReadKey(host.IsInputRedirected ? await ReadInputAsync(host, cancellationToken).ConfigureAwait(false) : ReadTyped(host))
                        ?? throw new MisuseException("this is not a key, which is one line of ASCII letters, digits and signs");
                using (await UserFolder.HoldAsync(path, cancellationToken).ConfigureAwait(false))
                    KeyFile.Set(path, Name, key, Command);
                status.Tell($"`{Name}` is kept in {path}");
                break;
        }

        return ExitCodes.Answered;
    }

    private static async Task<string> ReadInputAsync(CliHost host, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(host.OpenInput());
        char[] text = new char[MaxChars];
        int count = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        return new(text, 0, count);
    }

    /// <summary>Reads a line that nobody sees.</summary>
    private string ReadTyped(CliHost host)
    {
        host.TakeInterruptAsKey(true);
        if (host.ReadKey is not { } readKey)
            throw new MisuseException("nobody can type the key here: give it on stdin");

        host.Error.Write($"{Name}: ");
        var typed = new StringBuilder();
        while (readKey() is var pressed && pressed.Key != ConsoleKey.Enter)
        {
            if (pressed.Modifiers == ConsoleModifiers.Control && pressed.Key is ConsoleKey.C or ConsoleKey.D)
                throw new MisuseException("no key was typed, and none is kept");
            if (pressed.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (pressed.KeyChar != '\0')
                typed.Append(pressed.KeyChar);
        }

        host.Error.WriteLine();
        return typed.ToString();
    }
}
