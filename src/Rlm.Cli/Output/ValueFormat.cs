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
    /// <param name="write">Writes the value in a form.</param>
    /// <param name="what">What it is.</param>
    public void Write(Action<TextWriter, RlmFormat> write, string what)
    {
        _status.ClearStatus();
        using var answer = new AnswerWriter(
            _host.Output, _host.IsOutputTerminal, isExact: _format is RlmFormat.Csv or RlmFormat.Text or RlmFormat.JsonLines);
        write(answer, _format);
        answer.End();
        if (answer.IsEmpty(_format))
            _status.Tell($"{what} is empty: nothing matched");
        else if (_format == RlmFormat.Table && !_hasTold && answer.Cuts > CutsOfWhole(write))
            TellCut();
    }

    /// <summary>How often the text says itself that something is cut.</summary>
    private static long CutsOfWhole(Action<TextWriter, RlmFormat> write)
    {
        using var whole = new AnswerWriter(null, false, false);
        write(whole, RlmFormat.Markdown);
        return whole.Cuts;
    }

    private static RlmFormat Choose(OutputArguments output, CliHost host) =>
        output.Format ?? (host.IsOutputTerminal ? RlmFormat.Table : RlmFormat.Markdown);

    private void TellCut()
    {
        _hasTold = true;
        _status.Tell("columns are cut to the terminal: --format csv or json has all of them");
    }
}
