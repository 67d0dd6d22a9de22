using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Models;

namespace Rlm.Providers.Wire;

/// <summary>Turns what went wrong with a request to one endpoint into a <see cref="ModelException"/>.</summary>
internal sealed class FailureReader(Uri url, string? key, TimeProvider time)
{
    /// <summary>
    /// OpenAI, llama.cpp, vLLM and routers, Anthropic; then Gemini, xAI, Groq, LM Studio, Moonshot; the last two come with 429, and no
    /// waiting makes such a prompt fit.
    /// </summary>
    private static readonly string[] TooLongSigns =
    [
        "context_length_exceeded", "exceed_context_size", "maximum context length", "maximum model length", "context window",
        "prompt is too long", "exceed context limit",
        "exceeds the maximum number of tokens", "maximum prompt length", "reduce the length of the messages",
        "greater than the context length", "exceeded model token limit",
        "request too large for", "required for long context requests",
    ];

    /// <summary>OpenAI's two, Anthropic's two, xAI.</summary>
    private static readonly string[] QuotaSigns =
        ["insufficient_quota", "billing hard limit", "credit balance is too low", "reached your specified", "used all available credits"];

    private readonly string _endpoint = ModelUrl.Display(url);

    /// <summary>A status other than 2xx.</summary>
    public ModelException Status(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        int status = (int)response.StatusCode;
        string? moved = status is >= 300 and < 400 && response.Headers.Location is { } location
            ? KnownKeys.RedactParts(ModelUrl.Display(new Uri(url, location)))
            : null;
        var wait = RetryDelay.Read(response.Headers, time) ?? (status == 429 ? RateLimitHeaders.Pause(response.Headers, time) : null);
        return Status(status, body, wait, moved);
    }

    /// <summary>An error inside a 2xx reply, as routers and gateways send it, by its own status or type.</summary>
    public ModelException Error(JsonElement error)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"error":{{error.GetRawText()}}}""");
        if (StatusIn(error) is { } status)
            return Status(status, body, isInsideReply: true);

        string text = ReplyText.Excerpt(body);
        return Make(
            Classify(StatusOfType(error), Encoding.UTF8.GetString(body)),
            $"answered with an error{(text.Length > 0 ? $": {text}" : "")}",
            200,
            text,
            isInsideReply: true);
    }

    private ModelException Status(
        int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter = null, string? moved = null, bool isInsideReply = false)
    {
        string text = ReplyText.Excerpt(body);
        var failure = Classify(status, Encoding.UTF8.GetString(body));
        string what = $"answered {status}{Phrase(status)}{(moved is null ? "" : $" to {moved}")}{(text.Length > 0 ? $": {text}" : "")}";
        return Make(failure, what, status, text, retryAfter, isInsideReply: isInsideReply);
    }

    /// <summary>A reply of status 2xx that cannot be used.</summary>
    public ModelException Reply(ModelFailure failure, string what, ReadOnlySpan<byte> body = default)
    {
        string text = ReplyText.Excerpt(body);
        return Make(failure, text.Length > 0 ? $"{what}: {text}" : what, 200, text);
    }

    /// <summary>A reply of status 2xx with nothing in it to use, which is charged all the same.</summary>
    public ModelException Reply(ModelFailure failure, string what, UsageDetails? usage) =>
        Make(failure, what, 200, usage: usage, isInsideReply: true);

    /// <summary>No whole reply in time.</summary>
    public ModelException MakeTimeout(TimeSpan limit, Exception? cause = null) =>
        Make(ModelFailure.Timeout, Invariant($"gave no whole reply within {limit.TotalSeconds:0.###} s"), inner: cause);

    /// <summary>The endpoint is taken for dead, and this call was not made.</summary>
    public ModelException MakeDead(int failuresInARow, TimeSpan untilProbe) => Make(
        ModelFailure.Unreachable,
        Invariant($"has not replied {failuresInARow:N0} times in a row and is not asked for another {untilProbe.TotalSeconds:0} s"));

    /// <summary>No connection in the time that the handler gives one.</summary>
    public ModelException MakeConnectTimeout(Exception cause) =>
        Make(ModelFailure.Unreachable, "cannot be reached: no connection in time", inner: cause);

    /// <summary>An error below HTTP.</summary>
    public ModelException Connection(Exception cause)
    {
        var error = cause switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.ResponseEnded,
        };
        return error switch
        {
            HttpRequestError.SecureConnectionError =>
                Make(ModelFailure.Insecure, $"gave no secure connection: {Reason(cause)}", inner: cause),
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError =>
                Make(ModelFailure.Unreachable, $"cannot be reached: {Reason(cause)}", inner: cause),
            _ => Make(ModelFailure.Disconnected, $"broke the connection off: {Reason(cause)}", inner: cause),
        };
    }

    /// <summary>The standard's words for the status: the server's own are not to be trusted.</summary>
    private static string Phrase(int status)
    {
        using var standard = new HttpResponseMessage((HttpStatusCode)status);
        return standard.ReasonPhrase is { Length: > 0 } phrase ? $" {phrase}" : "";
    }

    private static ModelFailure Classify(int status, string body)
    {
        bool Says(string[] signs) => signs.Any(sign => body.Contains(sign, StringComparison.OrdinalIgnoreCase));

        return status switch
        {
            401 or 403 => Says(QuotaSigns) ? ModelFailure.QuotaExhausted : ModelFailure.Unauthorized,
            402 => ModelFailure.QuotaExhausted,
            404 => ModelFailure.NotFound,
            408 => ModelFailure.Timeout,
            413 => ModelFailure.PromptTooLong,
            429 => Says(QuotaSigns) ? ModelFailure.QuotaExhausted
                : Says(TooLongSigns) ? ModelFailure.PromptTooLong
                : ModelFailure.RateLimited,
            501 or 505 => ModelFailure.BadRequest,
            >= 500 when Says(TooLongSigns) => ModelFailure.PromptTooLong,
            >= 500 when Says(QuotaSigns) => ModelFailure.QuotaExhausted,
            >= 500 => ModelFailure.ServerError,
            _ => Says(TooLongSigns) ? ModelFailure.PromptTooLong : Says(QuotaSigns) ? ModelFailure.QuotaExhausted : ModelFailure.BadRequest,
        };
    }

    private static int? StatusIn(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int status) && status is >= 400 and < 600
            ? status
            : null;

    /// <summary>The status that the types and codes of OpenAI and Anthropic stand for; the server's fault where nothing is known.</summary>
    private static int StatusOfType(JsonElement error)
    {
        foreach (string field in new[] { "code", "type" })
        {
            if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty(field, out var value)
                || value.ValueKind != JsonValueKind.String)
                continue;

            switch (value.GetString())
            {
                case "rate_limit_exceeded" or "rate_limit_error" or "too_many_requests" or "tokens" or "requests":
                    return 429;
                case "insufficient_quota" or "billing_error":
                    return 402;
                case "invalid_api_key" or "authentication_error" or "permission_error":
                    return 401;
                case "model_not_found" or "not_found_error":
                    return 404;
                case "context_length_exceeded" or "request_too_large":
                    return 413;
                case "timeout_error":
                    return 408;
                case "invalid_request_error" or "content_policy_violation":
                    return 400;
            }
        }

        return 500;
    }

    private static string Reason(Exception cause)
    {
        while (cause.InnerException is { } inner)
            cause = inner;

        return ReplyText.Excerpt(Encoding.UTF8.GetBytes(cause.Message)).TrimEnd('.');
    }

    private ModelException Make(
        ModelFailure failure, string what, int? status = null, string text = "", TimeSpan? retryAfter = null, Exception? inner = null,
        UsageDetails? usage = null, bool isInsideReply = false) =>
        new(failure, $"{_endpoint} {what}; {Advice(failure)}", inner)
        {
            Endpoint = _endpoint,
            StatusCode = status,
            RetryAfter = retryAfter,
            ServerText = text,
            Usage = usage,
            IsInsideReply = isInsideReply,
        };

    private string Advice(ModelFailure failure) => failure switch
    {
        ModelFailure.Unreachable => "is the server running? check the base URL",
        ModelFailure.Disconnected => "is the server still running?",
        ModelFailure.Insecure => "check the scheme of the base URL and the certificate",
        ModelFailure.Timeout => "is the model loaded? a longer time may be needed",
        ModelFailure.Unauthorized => key is null ? "an API key is needed" : "check the API key",
        ModelFailure.NotFound => "check the name of the model and the base URL, which mostly ends in /v1",
        ModelFailure.RateLimited => "make fewer calls at a time or try later",
        ModelFailure.QuotaExhausted => "the account needs credit",
        ModelFailure.PromptTooLong => "send smaller chunks or take a model with a larger window",
        ModelFailure.ServerError => "the server failed; try later or look into its log",
        ModelFailure.MalformedReply => "does the base URL speak this protocol?",
        ModelFailure.EmptyReply => "ask again or take another model",
        ModelFailure.Refused => "reword the question or take another model",
        ModelFailure.OutputLimit => "ask for a shorter reply",
        ModelFailure.ReplyTooLarge => "is this a model server? check the base URL",
        _ => "the endpoint does not take the request; check the model and the base URL",
    };
}
