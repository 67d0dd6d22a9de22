using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Protocol;

/// <summary>Failures as errors of the protocol. Nothing of the program's inside is in them, nor a key.</summary>
internal static class ApiErrors
{
    private static readonly Regex Address = new("""https?://[^\s"'<>`]*[^\s"'<>`:,.;)\]]""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>What a client is told of an exception.</summary>
    public static ApiException Of(Exception exception) => exception switch
    {
        ApiException error => error,
        BadHttpRequestException bad => new(bad.StatusCode, "invalid_request_error", "bad_http", "The HTTP request cannot be read."),
        RlmAnswerException noAnswer => OfResult(noAnswer.Result, HideAddress(noAnswer.Message)),
        ModelException failure => OfModel(failure.Failure, HideAddress(failure.Message), failure.RetryAfter),
        NotSupportedException unsupported => ApiException.BadRequest(unsupported.Message, code: "unsupported"),
        OutOfMemoryException => new(503, "server_error", "out_of_memory", "There is not enough memory for the request now.") { RetryAfter = TimeSpan.FromSeconds(30) },
        _ => new(500, "server_error", "internal_error", "The server failed; its log says how."),
    };

    /// <summary>Writes an error as the body of a reply.</summary>
    public static void Write(Utf8JsonWriter writer, ApiException error)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", error.Message);
        writer.WriteString("type", error.Type);
        writer.WriteString("param", error.Parameter);
        writer.WriteString("code", error.Code);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static ApiException OfResult(RlmResult result, string message) => result switch
    {
        { ModelFailure: { } failure } => OfModel(failure, message, null),
        { Outcome: RlmOutcome.LimitReached } => new(504, "server_error", "limit_reached", message) { IsFinal = true },
        _ => new(502, "server_error", "no_answer", message) { IsFinal = true },
    };

    /// <summary>Where the model's server is, clients need not know.</summary>
    private static string HideAddress(string message) => Address.Replace(message, "the model's server");

    private static ApiException OfModel(ModelFailure failure, string message, TimeSpan? retryAfter) => failure switch
    {
        ModelFailure.RateLimited => new(429, "rate_limit_error", "upstream_rate_limit", message) { RetryAfter = retryAfter ?? TimeSpan.FromSeconds(10) },
        ModelFailure.Timeout => new(504, "server_error", "upstream_timeout", message),
        ModelFailure.PromptTooLong => new(400, "invalid_request_error", "context_length_exceeded", message) { Parameter = "messages" },
        ModelFailure.Refused => new(400, "invalid_request_error", "content_filter", message),
        _ => new(502, "server_error", "upstream_error", message) { IsFinal = failure is ModelFailure.Unauthorized or ModelFailure.QuotaExhausted },
    };
}
