using System.Text.Json;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Providers.Wire;

/// <summary>
/// Sends one endpoint's requests: key, time limit, retries, parameters that the model does not take, and failures
/// as <see cref="ModelException"/>.
/// </summary>
internal sealed class ModelTransport
{
    private const int MaxErrorBytes = 64 * 1024;

    /// <summary>A provider that wants a slower pace is asked again so many times as often as one that fails.</summary>
    private const int RateLimitRetries = 3;
    private const string Json = "application/json";

    private readonly HttpMessageInvoker _http;
    private readonly ModelEndpoint _endpoint;
    private readonly ModelClientOptions _options;
    private readonly string? _key;
    private readonly IReadOnlyList<(string Name, string Value)> _headers;
    private readonly string _path;
    private readonly Uri _url;
    private readonly FailureReader _failures;
    private readonly Func<int, TimeSpan, ModelException> _dead;
    private readonly EndpointHealth _health;
    private readonly ParameterSupport _support;

    /// <param name="http">Sends the requests.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="path">The path of the call below the endpoint's address.</param>
    /// <param name="options">Time limit and retries.</param>
    /// <param name="taken">The optional parameters that the model takes as far as is known beforehand.</param>
    public ModelTransport(
        HttpMessageInvoker http, ModelEndpoint endpoint, string path, ModelClientOptions options,
        OptionalParameters taken = OptionalParameters.All)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        options.Require();
        _http = http;
        _options = options;
        _endpoint = endpoint;
        _health = EndpointHealth.Of(http, endpoint.BaseUrl, options.TimeProvider);
        _key = string.IsNullOrWhiteSpace(endpoint.Key) ? null : endpoint.Key.Trim();
        _headers = endpoint.ReadHeaders();
        _path = path;
        _url = ModelUrl.Combine(endpoint.BaseUrl, path);
        _failures = new FailureReader(_url, _key, options.TimeProvider);
        _dead = _failures.MakeDead;
        _support = new ParameterSupport(taken);
    }

    /// <summary>Posts a request and reads the reply's JSON; <paramref name="read"/> may throw through the reader it is handed.</summary>
    /// <param name="write">Makes the body from the optional parameters that the model is known to take.</param>
    /// <param name="read">Reads the reply.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ModelException">No attempt gave a usable reply.</exception>
    public Task<TResult> PostAsync<TResult>(
        Func<OptionalParameters, byte[]> write, Func<ReadOnlySpan<byte>, FailureReader, TResult> read,
        CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, write, read, cancellationToken);

    /// <summary>Gets and reads a reply.</summary>
    /// <exception cref="ModelException">No attempt gave a usable reply.</exception>
    public Task<TResult> GetAsync<TResult>(Func<ReadOnlySpan<byte>, FailureReader, TResult> read, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, static _ => [], read, cancellationToken);

    private async Task<TResult> SendAsync<TResult>(
        HttpMethod method, Func<OptionalParameters, byte[]> write, Func<ReadOnlySpan<byte>, FailureReader, TResult> read,
        CancellationToken cancellationToken)
    {
        var taken = _support.Taken;
        byte[] body = write(taken);
        double spread = RetryDelay.Spread(body, 0);
        for (int attempt = 1; ; attempt++)
        {
            CallTrace.Tell(isInFlight: false);
            await _health.BeforeAttemptAsync(spread, _dead, cancellationToken).ConfigureAwait(false);
            CallTrace.Tell(isInFlight: true);
            TimeSpan delay;
            ModelException retried;
            bool isSettled = false;
            try
            {
                var reply = await ReceiveAsync(method, body, cancellationToken).ConfigureAwait(false);
                isSettled = true;
                _health.CountReply();
                return Parse(reply, read);
            }
            catch (ModelException failure)
            {
                if (!isSettled)
                    Settle(failure);
                isSettled = true;
                failure.Attempts = attempt;
                retried = failure;
                if (_support.Learn(failure, taken))
                {
                    // Sent again without the parameter, as if for the first time.
                    taken = _support.Taken;
                    body = write(taken);
                    attempt = 0;
                    delay = TimeSpan.Zero;
                }
                else
                {
                    int most = 1 + ((_options.MaxAttempts - 1) * (failure.Failure == ModelFailure.RateLimited ? RateLimitRetries : 1));
                    if (!failure.IsTransient || attempt >= most
                        || RetryDelay.Compute(_options, attempt, failure.RetryAfter, body) is not { } next)
                        throw;
                    delay = next;
                }
            }
            finally
            {
                if (!isSettled)
                    _health.GiveUp();
            }

            if (!await CallTrace.RetryAsync(retried, delay, _options.TimeProvider, cancellationToken).ConfigureAwait(false))
                throw retried;
        }
    }

    /// <summary>Tells the endpoint's other calls how an attempt failed.</summary>
    private void Settle(ModelException failure)
    {
        if (failure.StatusCode is null)
            _health.CountFailure();
        else
            _health.CountReply();
        if (failure is { Failure: ModelFailure.RateLimited, RetryAfter: { } wait } && wait <= _options.MaxRetryAfter)
            _health.Pause(wait);
    }

    private async Task<Memory<byte>> ReceiveAsync(HttpMethod method, byte[] body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_http is ICallSender ? Timeout.InfiniteTimeSpan : _options.Timeout, _options.TimeProvider);
        using var cancelled = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        using var request = CreateRequest(method, body);
        try
        {
            using var response = await RequestAsync(request, body, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                var head = await ReplyBody.ReadHeadAsync(response.Content, MaxErrorBytes, limit.Token).ConfigureAwait(false);
                throw _failures.Status(response, head.Span);
            }

            if (RateLimitHeaders.Pause(response.Headers, _options.TimeProvider) is { } pause && pause <= _options.MaxRetryAfter)
                _health.Pause(pause);
            var whole = await ReplyBody.TryReadAsync(response.Content, _options.MaxReplyBytes, limit.Token).ConfigureAwait(false)
                ?? throw _failures.Reply(
                    ModelFailure.ReplyTooLarge,
                    Invariant(
                        $"sent more than {_options.MaxReplyBytes:N0} bytes, or more than {ReplyBody.MostTogetherBytes:N0} with the replies beside it"));
            return EventStreamReply.IsEventStream(ReplyBody.MediaType(response.Content), whole.Span)
                ? EventStreamReply.Join(whole, _failures)
                : whole;
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested ? _failures.MakeTimeout(_options.Timeout, exception)
                : _http is HttpClient { Timeout: var own } && own > TimeSpan.Zero ? _failures.MakeTimeout(own, exception)
                : _failures.MakeConnectTimeout(exception);
        }
        catch (TimeoutException exception) when (_http is ICallSender)
        {
            throw _failures.MakeTimeout(_options.Timeout, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested ? _failures.MakeTimeout(_options.Timeout, exception) : _failures.Connection(exception);
        }
        catch (Exception exception) when (ReplyBody.IsUndecodable(exception))
        {
            throw _failures.Reply(ModelFailure.MalformedReply, "sent a body that does not decompress");
        }
    }

    /// <summary>
    /// Sends a request and gives the reply once its head is there; a client of the host's own would read the body,
    /// of whatever length, by itself.
    /// </summary>
    private Task<HttpResponseMessage> RequestAsync(HttpRequestMessage request, byte[] body, CancellationToken cancellationToken) => _http switch
    {
        ICallSender sender => sender.SendAsync(_path, body, _options.Timeout, cancellationToken),
        HttpClient client => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken),
        _ => _http.SendAsync(request, cancellationToken),
    };

    /// <summary>
    /// The request. Its headers are ours and well formed: to have them checked and parsed each time would take as long as to send them.
    /// </summary>
    private HttpRequestMessage CreateRequest(HttpMethod method, byte[] body)
    {
        var request = new HttpRequestMessage(method, _url);
        request.Headers.TryAddWithoutValidation("Accept", Json);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", ReplyBody.Encodings);
        foreach (var (name, value) in _headers)
            request.Headers.TryAddWithoutValidation(name, value);

        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Json);
        }

        return request;
    }

    private TResult Parse<TResult>(Memory<byte> body, Func<ReadOnlySpan<byte>, FailureReader, TResult> read)
    {
        var inside = body.Span.Trim(" \t\r\n"u8);
        if (inside.IsEmpty)
            throw _failures.Reply(ModelFailure.MalformedReply, "answered with an empty body");

        if (inside.SequenceEqual("null"u8))
            throw _failures.Reply(ModelFailure.MalformedReply, "answered with `null`");

        if (ReplyText.LooksLikeHtml(body.Span))
            throw _failures.Reply(ModelFailure.MalformedReply, "answered with a web page instead of JSON", body.Span);

        var json = ReplyBody.Repair(KnownKeys.Redact(body));
        try
        {
            return read(json.Span, _failures);
        }
        catch (JsonException)
        {
            return ParseRepaired(json.Span, read);
        }
    }

    private TResult ParseRepaired<TResult>(ReadOnlySpan<byte> json, Func<ReadOnlySpan<byte>, FailureReader, TResult> read)
    {
        try
        {
            return read(ReplyLiterals.Repair(json), _failures);
        }
        catch (JsonException exception)
        {
            string what = IsCutOff(json) ? "sent JSON that is cut off" : $"sent JSON of another shape (at {exception.Path ?? "$"})";
            throw _failures.Reply(ModelFailure.MalformedReply, what, json);
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
