using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Output;

/// <summary>Writes to stderr: lines, and on a terminal one status line below them that is rewritten in place.</summary>
internal sealed class StatusWriter
{
    private const string ClearLine = "\r\u001b[K", LineUp = "\u001b[A";

    private readonly TextWriter _error;
    private readonly int _width;
    private readonly Lock _lock = new();
    private int _statusLines;

    public StatusWriter(CliHost host, OutputArguments output)
    {
        _error = host.Error;
        _width = host.Width;
        IsQuiet = output.IsQuiet;
        IsVerbose = output.IsVerbose;
        HasStatusLine = host.IsErrorTerminal && !output.IsQuiet && host.Variable("TERM") != "dumb";
        HasColor = host.IsErrorTerminal && !output.NoColor && string.IsNullOrEmpty(host.Variable("NO_COLOR"))
            && host.Variable("TERM") != "dumb";
    }

    public bool IsQuiet { get; }

    public bool IsVerbose { get; }

    /// <summary>Whether there is a terminal to rewrite a line on.</summary>
    public bool HasStatusLine { get; }

    /// <summary>Whether a question stands on the terminal, which a status must not overwrite.</summary>
    public bool IsAsking { get; set; }

    public bool HasColor { get; }

    /// <summary>Writes <c>rlm: text</c> unless quiet.</summary>
    public void Tell(string text)
    {
        if (!IsQuiet)
            Warn(text);
    }

    /// <summary>Writes <c>rlm: text</c>, also when quiet.</summary>
    public void Warn(string text) => WriteLine(PlainText.OneLine($"rlm: {text}"));

    /// <summary>Writes diagnostics or another text of several lines, coloured where that is wanted.</summary>
    public void WriteBlock(string text, bool isDiagnostics = false)
    {
        string safe = PlainText.Safe(text);
        WriteLine(isDiagnostics && HasColor ? DiagnosticColors.Paint(safe) : safe);
    }

    /// <summary>Shows a status in place of the last one, on a line or two.</summary>
    public void ShowStatus(params string[] lines)
    {
        if (!HasStatusLine || IsAsking)
            return;

        lock (_lock)
        {
            ClearStatus();
            _error.Write(ClearLine + string.Join('\n', lines.Select(line => PlainText.Cut(PlainText.OneLine(line), _width - 1))));
            _error.Flush();
            _statusLines = lines.Length;
        }
    }

    /// <summary>Takes the status away, before anything is written to stdout and at the end.</summary>
    public void ClearStatus()
    {
        lock (_lock)
        {
            for (; _statusLines > 0; _statusLines--)
                _error.Write(_statusLines > 1 ? ClearLine + LineUp : ClearLine);
        }
    }

    private void WriteLine(string line)
    {
        lock (_lock)
        {
            ClearStatus();
            _error.WriteLine(line);
        }
    }
}
