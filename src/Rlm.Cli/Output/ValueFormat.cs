using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Output;

/// <summary>How values are written to stdout: as asked for, else as a table for reading on a terminal and as Markdown elsewhere.</summary>
internal sealed class ValueFormat
{
    private readonly CliHost _host;
    private readonly StatusWriter _status;
    private readonly RlmFormat _format;
    private bool _hasTold;

    public ValueFormat(OutputArguments output, CliHost host, StatusWriter status) => (_host, _status, _format) = (host, status, Choose(output, host));

    /// <summary>The options with the forms that a run has to write.</summary>
    public static RlmOptions AddTo(RlmOptions options, OutputArguments output, CliHost host) => options with
    {
        Formats = [output.Json ? RlmFormat.Json : Choose(output, host)],
        TableColumns = host.IsOutputTerminal ? Math.Max(20, host.Width) : null,
    };

    /// <summary>Writes a value; nothing for one that is empty, which is told.</summary>
    /// <param name="write">Gives the value in a form.</param>
    /// <param name="what">What it is.</param>
    public void Write(Func<RlmFormat, string> write, string what)
    {
        string text = write(_format);
        _status.ClearStatus();
        if (text.Length > 0)
            _host.WriteText(text, isExact: _format is RlmFormat.Csv or RlmFormat.Text or RlmFormat.JsonLines);
        if (IsEmpty(text))
            _status.Tell($"{what} is empty: nothing matched");
        else if (_format == RlmFormat.Table && !_hasTold && text.AsSpan().Count('…') > write(RlmFormat.Markdown).AsSpan().Count('…'))
            TellCut();
    }

    private static RlmFormat Choose(OutputArguments output, CliHost host) =>
        output.Format ?? (host.IsOutputTerminal ? RlmFormat.Table : RlmFormat.Markdown);

    /// <summary>Whether there is no more than a header.</summary>
    private bool IsEmpty(string text) => string.IsNullOrWhiteSpace(text) || _format switch
    {
        RlmFormat.Json => text is "[]" or "\"\"",
        RlmFormat.Csv => !text.Contains('\n', StringComparison.Ordinal),
        RlmFormat.Table => text.Split('\n', 3) is [_, var rule] && rule.All(static character => character is '-' or ' '),
        _ => false,
    };

    private void TellCut()
    {
        _hasTold = true;
        _status.Tell("columns are cut to the terminal: --format csv or json has all of them");
    }
}
