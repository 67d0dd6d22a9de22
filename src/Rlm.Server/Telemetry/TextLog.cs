using Microsoft.Extensions.Logging;
using Rlm.Cli.Output;

namespace Rlm.Server.Telemetry;

/// <summary>Logs as lines for people: warnings, and with <c>--verbose</c> each request and run, too.</summary>
/// <param name="status">Writes them.</param>
internal sealed class TextLog(StatusWriter status) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None
        && logLevel >= (status.IsVerbose ? LogLevel.Information : status.IsQuiet ? LogLevel.Error : LogLevel.Warning);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            status.Warn(formatter(state, exception).TrimEnd());
    }

    public void Dispose()
    {
    }
}
