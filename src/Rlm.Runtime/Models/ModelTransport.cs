using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rlm.Runtime.Models;

/// <summary>Sends one endpoint's requests: key, time limit, retries, and failures as <see cref="ModelException"/>.</summary>
internal sealed class ModelTransport
{
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>A provider that wants a slower pace is asked again so many times as often as one that fails.</summary>
    private const int RateLimitRetries = 3;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly ModelEndpoint _endpoint;
    private readonly ModelClientOptions _options;
    private readonly string? _key;
    private readonly EndpointHealth _health;

    public ModelTransport(HttpClient http, ModelEndpoint endpoint, ModelClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1);
        _http = http;
        _options = options;
        _endpoint = endpoint;
        _health = EndpointHealth.Of(http, endpoint.BaseUrl, options.TimeProvider);
        _key = string.IsNullOrWhiteSpace(endpoint.Key) ? null : endpoint.Key.Trim();
        // Checked here because the framework's own message for a bad header would quote the key.
        if (_key is not null && _key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ModelException(ModelFailure.Unauthorized, "The API key holds characters that no key has, such as spaces or line ends; set it again.");
    }

    /// <summary>Posts <paramref name="body"/> and reads the reply; <paramref name="read"/> may throw through the reader it is handed.</summary>
    /// <exception cref="ModelException">No attempt gave a usable reply.</exception>
    public Task<TResult> PostAsync<TReply, TResult>(
        string path, byte[] body, JsonTypeInfo<TReply> replyType, Func<TReply, FailureReader, TResult> read, CancellationToken cancellationToken)
        where TReply : class => SendAsync(HttpMethod.Post, path, body, replyType, read, cancellationToken);

    /// <summary>Gets and reads a reply.</summary>
    /// <exception cref="ModelException">No attempt gave a usable reply.</exception>
    public Task<TResult> GetAsync<TReply, TResult>(
        string path, JsonTypeInfo<TReply> replyType, Func<TReply, FailureReader, TResult> read, CancellationToken cancellationToken)
        where TReply : class => SendAsync(HttpMethod.Get, path, [], replyType, read, cancellationToken);

    private async Task<TResult> SendAsync<TReply, TResult>(
        HttpMethod method, string path, byte[] body, JsonTypeInfo<TReply> replyType, Func<TReply, FailureReader, TResult> read, CancellationToken cancellationToken)
        where TReply : class
    {
        var url = ModelUrl.Combine(_endpoint.BaseUrl, path);
        var failures = new FailureReader(url, _key, _options.TimeProvider);
        double spread = RetryDelay.Spread(body, 0);
        for (int attempt = 1; ; attempt++)
        {
            await _health.BeforeAttemptAsync(spread, failures.Dead, cancellationToken).ConfigureAwait(false);
            TimeSpan delay;
            ModelException retried;
            try
            {
                var reply = await SendOnceAsync(method, url, body, failures, cancellationToken).ConfigureAwait(false);
                return read(Parse(reply, replyType, failures), failures);
            }
            catch (ModelException failure)
            {
                failure.Attempts = attempt;
                int most = 1 + ((_options.MaxAttempts - 1) * (failure.Failure == ModelFailure.RateLimited ? RateLimitRetries : 1));
                if (!failure.IsTransient || attempt >= most || RetryDelay.Next(_options, attempt, failure.RetryAfter, body) is not { } next)
                    throw;

                delay = next;
                retried = failure;
            }

            await CallTrace.RetryAsync(retried, delay, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes one attempt and tells the endpoint's other calls how it went.</summary>
    private async Task<Memory<byte>> SendOnceAsync(HttpMethod method, Uri url, byte[] body, FailureReader failures, CancellationToken cancellationToken)
    {
        bool isSettled = false;
        try
        {
            var reply = await ReceiveAsync(method, url, body, failures, cancellationToken).ConfigureAwait(false);
            isSettled = true;
            _health.Replied();
            return reply;
        }
        catch (ModelException failure)
        {
            isSettled = true;
            if (failure.StatusCode is null)
                _health.Failed();
            else
                _health.Replied();
            if (failure is { Failure: ModelFailure.RateLimited, RetryAfter: { } wait } && wait <= _options.MaxRetryAfter)
                _health.Pause(wait);
            throw;
        }
        finally
        {
            if (!isSettled)
                _health.GivenUp();
        }
    }

    private async Task<Memory<byte>> ReceiveAsync(
        HttpMethod method, Uri url, byte[] body, FailureReader failures, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _options.TimeProvider);
        using var cancelled = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        using var request = CreateRequest(method, url, body);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                var head = await ReplyBody.ReadHeadAsync(response.Content, MaxErrorBytes, limit.Token).ConfigureAwait(false);
                throw failures.Status(response, head.Span);
            }

            if (RateLimitHeaders.Pause(response.Headers, _options.TimeProvider) is { } pause && pause <= _options.MaxRetryAfter)
                _health.Pause(pause);
            var whole = await ReplyBody.TryReadAsync(response.Content, _options.MaxReplyBytes, limit.Token).ConfigureAwait(false)
                ?? throw failures.Reply(ModelFailure.ReplyTooLarge, $"sent more than {_options.MaxReplyBytes:N0} bytes");
            return EventStreamReply.IsEventStream(response.Content.Headers.ContentType?.MediaType, whole.Span) ? EventStreamReply.Join(whole, failures) : whole;
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested ? failures.TimedOut(_options.Timeout, exception)
                : _http.Timeout > TimeSpan.Zero ? failures.TimedOut(_http.Timeout, exception)
                : failures.ConnectTimedOut(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw failures.Connection(exception);
        }
        catch (Exception exception) when (ReplyBody.IsUndecodable(exception))
        {
            throw failures.Reply(ModelFailure.MalformedReply, "sent a body that does not decompress");
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, Uri url, byte[] body)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_endpoint.Provider == ModelProvider.Anthropic)
        {
            request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
            if (_key is not null)
                request.Headers.TryAddWithoutValidation("x-api-key", _key);
        }
        else if (_key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _key);
        }

        if (method == HttpMethod.Post)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };

        return request;
    }

    private static TReply Parse<TReply>(Memory<byte> body, JsonTypeInfo<TReply> replyType, FailureReader failures)
        where TReply : class
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw failures.Reply(ModelFailure.MalformedReply, "answered with an empty body");

        if (ReplyText.LooksLikeHtml(body.Span))
            throw failures.Reply(ModelFailure.MalformedReply, "answered with a web page instead of JSON", body.Span);

        var json = ReplyBody.Repair(body);
        try
        {
            return JsonSerializer.Deserialize(json.Span, replyType)
                ?? throw failures.Reply(ModelFailure.MalformedReply, "answered with `null`");
        }
        catch (JsonException exception)
        {
            string what = IsCutOff(json.Span) ? "sent JSON that is cut off" : $"sent JSON of another shape (at {exception.Path ?? "$"})";
            throw failures.Reply(ModelFailure.MalformedReply, what, json.Span);
        }
    }

    private static bool IsCutOff(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || reader.BytesConsumed < json.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
