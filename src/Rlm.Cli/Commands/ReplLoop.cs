using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Cli.Repl;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Commands;

/// <summary>Reads programs and commands until there are no more.</summary>
internal sealed class ReplLoop(ReplPrograms programs, CliHost host, StatusWriter status)
{
    private const string Prompt = "rlm> ", MorePrompt = "...> ";

    private static readonly (string Form, string Meaning)[] Commands =
    [
        (":help [WORD]", "this, or an operator, a function, a diagnostic"),
        (":explain PROGRAM", "how it would run, and what it would spend"),
        (":load FILE", "run a program from a file"),
        (":save FILE", "write the programs that ran without an error to a new file"),
        (":budget", "calls, tokens and money: what is spent and left"),
        (":quit", "end, as Ctrl-D does"),
    ];

    private readonly LineHistory _history = OpenHistory(host, status);
    private TextReader? _input;
    private bool _isOver;

    /// <summary>Whether there is a terminal to edit lines on.</summary>
    private bool IsEdited => !host.IsInputRedirected && host.IsErrorTerminal && host.ReadKey is not null && host.Variable("TERM") is not "dumb";

    /// <summary>The code of the last program that had one of its own; 0 for none.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int code = ExitCodes.Answered;
        if (IsEdited)
            status.Tell(":help lists the commands, Tab completes, Ctrl-D ends");
        while (!_isOver && ReadProgram() is { } text)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (text.Split('\n').All(static line => line.TrimStart() is [] or ['#', ..]))
                continue;

            int one = await TryTakeAsync(text.Trim(), cancellationToken).ConfigureAwait(false);
            code = one == ExitCodes.Answered ? code : one;
        }

        return host.IsInputRedirected ? code : ExitCodes.Answered;
    }

    private static LineHistory OpenHistory(CliHost host, StatusWriter status)
    {
        try
        {
            return new LineHistory(host.IsInputRedirected ? null : LineHistory.FindPath(host.Variable));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            status.Warn($"no history: {exception.Message}");
            return new LineHistory(null);
        }
    }

    /// <summary>The next program or command, with the lines that it goes on in; null at the end.</summary>
    private string? ReadProgram()
    {
        try
        {
            string? text = ReadLine(Prompt, "");
            while (text is not null && !IsCommand(text) && RlmLanguage.GoesOn(text) && ReadLine(MorePrompt, text) is { } more)
                text += $"\n{more}";
            if (IsEdited && text is not null)
                Remember(text);
            return text;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C gives up what is typed.
            return "";
        }
    }

    private string? ReadLine(string prompt, string before)
    {
        if (host.IsInputRedirected)
            return (_input ??= new StreamReader(host.OpenInput())).ReadLine();

        if (IsEdited)
            return new LineEditor(host.ReadKey!, host.Error, () => host.Width, _history, (line, cursor) => Complete(before, line, cursor)).Read(prompt);

        host.Error.Write(prompt);
        host.Error.Flush();
        return host.ReadLine();
    }

    private (int Start, IReadOnlyList<string> Words) Complete(string before, string line, int cursor)
    {
        if (before.Length == 0 && line.StartsWith(':') && !line[..cursor].Contains(' '))
            return (0, [.. Commands.Select(command => command.Form.Split(' ')[0]).Where(name => name.StartsWith(line[..cursor], StringComparison.Ordinal) && name != line[..cursor])]);

        const string explain = ":explain ";
        int skipped = before.Length == 0 && line.StartsWith(explain, StringComparison.Ordinal) && cursor >= explain.Length ? explain.Length : 0;
        string head = before.Length == 0 ? "" : $"{before}\n";
        var words = programs.Complete(head + line[skipped..], head.Length + cursor - skipped);
        return words.Count == 0 ? (cursor, []) : (words[0].Span.Start - head.Length + skipped, [.. words.Select(word => word.Text)]);
    }

    private void Remember(string text)
    {
        try
        {
            _history.Add(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            status.Warn($"the history is not written: {exception.Message}");
        }
    }

    private async Task<int> TryTakeAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            if (text.StartsWith('|'))
                throw new MisuseException("a line that begins with `|` goes on with the one before: end that one with `|`, or run a file with :load");
            return IsCommand(text) ? await CommandAsync(text, cancellationToken).ConfigureAwait(false)
                : await programs.RunAsync(text, "repl", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ModelException or MisuseException or TextException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            // The session goes on: the next program may be another.
            status.Warn(exception.Message);
            return exception is MisuseException ? ExitCodes.WrongUsage : ExitCodes.Failed;
        }
    }

    private static bool IsCommand(string text) => text.TrimStart().StartsWith(':');

    private async Task<int> CommandAsync(string text, CancellationToken cancellationToken)
    {
        string[] parts = text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? argument = parts.ElementAtOrDefault(1);
        switch (parts[0], argument)
        {
            case (":quit" or ":q", null):
                _isOver = true;
                return ExitCodes.Answered;
            case (":help" or ":h", null):
                host.WriteText(string.Join('\n', Commands.Select(static command => $"{command.Form,-20}{command.Meaning}")));
                return ExitCodes.Answered;
            case (":help" or ":h", var topic):
                int shown = await new HelpInvocation(topic).RunAsync(host, cancellationToken).ConfigureAwait(false);
                await host.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
                return shown;
            case (":budget", null):
                host.WriteText(programs.DescribeBudget());
                return ExitCodes.Answered;
            case (":explain", { } program):
                return await programs.ExplainAsync(program, cancellationToken).ConfigureAwait(false);
            case (":load", { } path) when path != "-":
                var (loaded, name) = await ProgramFile.ReadAsync(new(null, path), host, cancellationToken).ConfigureAwait(false);
                return await programs.RunAsync(loaded, name, cancellationToken).ConfigureAwait(false);
            case (":save", { } path):
                return Save(path);
        }

        throw new MisuseException(Commands.FirstOrDefault(command => command.Form.Split(' ')[0] == parts[0]) is { Form: { } form }
            ? $"write `{form}`"
            : $"there is no command `{PlainText.Cut(parts[0], 40)}`; :help lists them");
    }

    private int Save(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        using var writer = new StreamWriter(file) { NewLine = "\n" };
        foreach (string program in programs.Done)
            writer.WriteLine(program.TrimEnd('\n'));
        status.Tell($"{path} has {Amount.Of(programs.Done.Count, "program")}");
        return ExitCodes.Answered;
    }
}
