using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Protocol;

/// <summary>Failures as errors of the protocol. Nothing of the program's inside is in them, nor a key.</summary>
internal static class ApiErrors
{
    /// <summary>What a client is told of an exception.</summary>
    public static ApiException Of(Exception exception) => exception switch
    {
        ApiException error => error,
        BadHttpRequestException bad => new(bad.StatusCode, "invalid_request_error", "bad_http", "The HTTP request cannot be read."),
        RlmAnswerException noAnswer => OfResult(noAnswer),
        ModelException failure => OfModel(failure.Failure, failure.Message, failure.RetryAfter),
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

    private static ApiException OfResult(RlmAnswerException exception) => exception.Result switch
    {
        { ModelFailure: { } failure } => OfModel(failure, exception.Message, null),
        { Outcome: RlmOutcome.LimitReached } => new(504, "server_error", "limit_reached", exception.Message) { IsFinal = true },
        _ => new(502, "server_error", "no_answer", exception.Message) { IsFinal = true },
    };

    private static ApiException OfModel(ModelFailure failure, string message, TimeSpan? retryAfter) => failure switch
    {
        ModelFailure.RateLimited => new(429, "rate_limit_error", "upstream_rate_limit", message) { RetryAfter = retryAfter ?? TimeSpan.FromSeconds(10) },
        ModelFailure.Timeout => new(504, "server_error", "upstream_timeout", message),
        ModelFailure.PromptTooLong => new(400, "invalid_request_error", "context_length_exceeded", message) { Parameter = "messages" },
        ModelFailure.Refused => new(400, "invalid_request_error", "content_filter", message),
        _ => new(502, "server_error", "upstream_error", message) { IsFinal = failure is ModelFailure.Unauthorized or ModelFailure.QuotaExhausted },
    };
}
