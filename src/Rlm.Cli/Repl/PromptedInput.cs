using Rlm.Cli.Configuration;
using Rlm.Cli.Output;

namespace Rlm.Cli.Repl;

/// <summary>Lines that somebody types behind a prompt, or that stand on redirected input, where nobody is prompted.</summary>
internal sealed class PromptedInput
{
    private readonly CliHost _host;
    private readonly StatusWriter _status;
    private readonly LineHistory _history;
    private readonly Queue<string> _ahead = [];
    private TextReader? _input;

    /// <param name="host">The process around it.</param>
    /// <param name="status">Takes what is to be told.</param>
    /// <param name="historyName">The name of the file that keeps what was typed.</param>
    public PromptedInput(CliHost host, StatusWriter status, string historyName)
    {
        (_host, _status) = (host, status);
        _history = OpenHistory(historyName);
    }

    public bool IsRedirected => _host.IsInputRedirected;

    /// <summary>Whether there is a terminal to edit lines on.</summary>
    public bool IsEdited => CanEdit(_host);

    /// <summary>The host, whose questions are answered on the same terminal in the same way.</summary>
    public static CliHost WithEditedAnswers(CliHost host) =>
        CanEdit(host) ? host with { ReadLine = prompt => ReadAnswer(host, prompt) } : host;

    /// <summary>The next line; null at the end. <see cref="OperationCanceledException"/> where it is given up by Ctrl-C.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <param name="complete">What may stand at a place of the line: the start of what is replaced, and the words.</param>
    public string? Read(string prompt, Func<string, int, (int Start, IReadOnlyList<string> Words)> complete)
    {
        if (IsRedirected)
            return _ahead.TryDequeue(out string? line) ? line : ReadInput();
        return IsEdited ? Edit(_host, _history, complete, prompt) : _host.ReadLine(prompt);
    }

    /// <summary>The next line of redirected input that holds more than a comment, which stays to be read; null where there is none.</summary>
    public string? FindNext()
    {
        while (IsRedirected)
        {
            if (_ahead.FirstOrDefault(HasContent) is { } found)
                return found;
            if (ReadInput() is not { } line)
                break;
            _ahead.Enqueue(line);
        }

        return null;
    }

    /// <summary>Whether a line holds more than blanks and a comment.</summary>
    public static bool HasContent(string line) => line.TrimStart() is not ([] or ['#', ..]);

    /// <summary>Keeps what was typed for later.</summary>
    public void Remember(string text)
    {
        if (!IsEdited)
            return;

        try
        {
            _history.Add(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _status.Warn($"the history is not written: {exception.Message}");
        }
    }

    private static bool CanEdit(CliHost host) =>
        !host.IsInputRedirected && host.IsErrorTerminal && host.ReadKey is not null && host.Variable("TERM") is not "dumb";

    /// <summary>An answer, by the keys of the lines: a reader of lines would take what is typed after Ctrl-C. Null for Ctrl-C.</summary>
    private static string? ReadAnswer(CliHost host, string prompt)
    {
        try
        {
            return Edit(host, new LineHistory(null), (_, cursor) => (cursor, []), prompt);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static string? Edit(CliHost host, LineHistory history, Func<string, int, (int Start, IReadOnlyList<string> Words)> complete, string prompt)
    {
        // Before the prompt is there: who sees it may press Ctrl-C at once, and a signal would leave the reader of keys behind.
        host.TakeInterruptAsKey(true);
        try
        {
            return new LineEditor(host.ReadKey!, host.Error, () => host.Width, history, complete).Read(prompt);
        }
        finally
        {
            host.TakeInterruptAsKey(false);
        }
    }

    private string? ReadInput() => (_input ??= new StreamReader(_host.OpenInput())).ReadLine();

    private LineHistory OpenHistory(string name)
    {
        try
        {
            return new LineHistory(IsRedirected ? null : UserFolder.FindState(_host.Variable) is { } folder ? Path.Combine(folder, name) : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _status.Warn($"no history: {exception.Message}");
            return new LineHistory(null);
        }
    }
}
