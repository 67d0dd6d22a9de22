using System.Text;
using Microsoft.Extensions.Logging;

namespace Rlm.Server.Telemetry;

/// <summary>Lines for people as entries of a log.</summary>
/// <param name="logger">The log.</param>
internal sealed class LogLines(ILogger logger) : TextWriter
{
    private const string Head = "rlm: ";

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        // Only lines are told: what steers a terminal is not.
    }

    public override void WriteLine(string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
            ServerLog.Told(logger, value.StartsWith(Head, StringComparison.Ordinal) ? value[Head.Length..] : value);
    }
}
