using Microsoft.Extensions.Logging;

namespace Rlm.Server.Telemetry;

/// <summary>What operators are told of requests. No question, text or key is in it.</summary>
internal static partial class ServerLog
{
    /// <summary>The category of what the server itself tells.</summary>
    public const string Category = "Rlm.Server";

    [LoggerMessage(EventId = 100, EventName = "RequestEnded", Message = "{Method} {Path} {Status} {Seconds} s {Caller}")]
    public static partial void RequestEnded(ILogger logger, LogLevel level, string method, string path, int status, double seconds, string caller);

    [LoggerMessage(EventId = 101, EventName = "ServerFailed", Level = LogLevel.Error, Message = "internal error, {Failure}: {Reason} (please report it)")]
    public static partial void ServerFailed(ILogger logger, string failure, string reason);

    [LoggerMessage(EventId = 102, EventName = "Told", Level = LogLevel.Information, Message = "{Line}")]
    public static partial void Told(ILogger logger, string line);
}
