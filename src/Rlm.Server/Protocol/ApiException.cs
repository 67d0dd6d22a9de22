namespace Rlm.Server.Protocol;

/// <summary>Why a request has no reply, as clients of OpenAI's protocol read it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="type">The kind, such as <c>invalid_request_error</c>.</param>
/// <param name="code">What programs look at; null for nothing.</param>
/// <param name="message">What people read.</param>
internal sealed class ApiException(int status, string type, string? code, string message) : Exception(message)
{
    private const string InvalidRequest = "invalid_request_error";

    public int Status => status;

    public string Type => type;

    public string? Code => code;

    /// <summary>The field of the request that is wrong; null for none.</summary>
    public string? Parameter { get; init; }

    /// <summary>When it is worth asking again; null where nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How whoever asks can say who they are; null where that would change nothing.</summary>
    public string? Challenge { get; init; }

    /// <summary>Whether the same request would cost as much again for the same end, so that a client shall not retry by itself.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The request is not one of the protocol, or wants what cannot be had.</summary>
    public static ApiException BadRequest(string message, string? parameter = null, string code = "invalid_request") =>
        new(400, InvalidRequest, code, message) { Parameter = parameter };

    /// <summary>There is no such path or thing.</summary>
    public static ApiException NotFound(string message, string code) => new(404, InvalidRequest, code, message);

    /// <summary>Whoever asks may not.</summary>
    public static ApiException Forbidden(string message) => new(403, InvalidRequest, "forbidden", message);

    /// <summary>The request is too large.</summary>
    public static ApiException TooLarge(long mostBytes) =>
        new(413, InvalidRequest, "request_too_large", Invariant($"The request has more than {mostBytes:N0} bytes, the most of --max-body."));

    /// <summary>There is no place now.</summary>
    public static ApiException Busy(string message, string code, TimeSpan retryAfter) => new(429, "rate_limit_error", code, message) { RetryAfter = retryAfter };

    /// <summary>The server is about to end.</summary>
    public static ApiException Stopping() =>
        new(503, "server_error", "stopping", "The server is stopping.") { RetryAfter = TimeSpan.FromSeconds(5) };
}
