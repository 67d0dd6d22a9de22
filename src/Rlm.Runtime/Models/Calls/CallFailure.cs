using System.Net;
using System.Text.Json;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What the exceptions of chat clients mean: one of a host's own may throw anything.</summary>
internal static class CallFailure
{
    /// <summary>The exception itself, or one that says that the client failed.</summary>
    public static ModelException Of(Exception exception) => exception as ModelException
        ?? new ModelException(KindOf(exception),
            $"the model's client failed: {KnownKeys.RedactParts(exception.Message.ReplaceLineEndings(" "))}", exception);

    private static ModelFailure KindOf(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => ModelFailure.Timeout,
        JsonException => ModelFailure.MalformedReply,
        IOException or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse } =>
            ModelFailure.Disconnected,
        HttpRequestException { StatusCode: null } => ModelFailure.Unreachable,
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => ModelFailure.Unauthorized,
        HttpRequestException { StatusCode: HttpStatusCode.NotFound } => ModelFailure.NotFound,
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } => ModelFailure.RateLimited,
        _ => ModelFailure.ServerError,
    };
}
