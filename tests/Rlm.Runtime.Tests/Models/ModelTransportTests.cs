using System.Globalization;
using Microsoft.Extensions.AI;
using Rlm.Providers.Wire;

namespace Rlm.Runtime.Tests.Models;

internal sealed class ModelTransportTests
{
    private static IEnumerable<LoopbackReply> Transient() =>
    [
        LoopbackReply.Error(408), LoopbackReply.Error(429, "slow down"), LoopbackReply.Error(500), LoopbackReply.Error(503),
        LoopbackReply.Error(529),
        LoopbackReply.Reset(), LoopbackReply.ResetInBody(), LoopbackReply.TruncatedJson(), LoopbackReply.EmptyBody(),
        LoopbackReply.NullContent(),
        LoopbackReply.Raw("""{"error":{"message":"upstream","code":502}}"""),
    ];

    [TestCaseSource(nameof(Transient))]
    public async Task Post_PassingFault_IsSentAgain(LoopbackReply fault)
    {
        await using var server = new LoopbackModelServer(fault, fault, fault, "at last");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo("at last"));
        Assert.That(server.Requests, Is.EqualTo(4));
    }

    [Test]
    public async Task Post_FaultThatStays_EndsAfterAllAttempts()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(503));
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic);

        var failure = await ModelClients.FailAsync(client);

        Assert.That(server.Requests, Is.EqualTo(4));
        Assert.That(failure.Attempts, Is.EqualTo(4));
        Assert.That(failure.Message, Does.EndWith("(after 4 attempts)"));
    }

    [TestCase(400, "")]
    [TestCase(401, "")]
    [TestCase(404, "")]
    [TestCase(422, "")]
    [TestCase(501, "")]
    [TestCase(429, """{"error":{"type":"insufficient_quota"}}""")]
    public async Task Post_LastingFault_IsSentOnce(int status, string body)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(status, body));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        await ModelClients.FailAsync(client);

        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [TestCase("Retry-After", "30", 30)]
    [TestCase("Retry-After", "1.5", 1.5)]
    [TestCase("Retry-After", "Sat, 01 Jan 2000 00:00:45 GMT", 45)]
    [TestCase("retry-after-ms", "2500", 2.5)]
    [TestCase("x-ratelimit-reset-tokens", "1m1.5s", 61.5)]
    [TestCase("anthropic-ratelimit-requests-reset", "2000-01-01T00:00:45Z", 45)]
    public async Task Post_RetryAfter_WaitsThatLong(string header, string value, double seconds)
    {
        var time = new WatchedTimeProvider();
        await using var server = new LoopbackModelServer(
            LoopbackReply.Error(
                429, "", (header, value), ("x-ratelimit-remaining-tokens", "0"), ("anthropic-ratelimit-requests-remaining", "0")), "later");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi, new() { TimeProvider = time });

        var call = client.GetResponseAsync("Hello?");
        await time.TimerOfAsync(TimeSpan.FromSeconds(seconds));
        Assert.That(server.Requests, Is.EqualTo(1));
        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That((await call).Text, Is.EqualTo("later"));
    }

    [Test]
    public async Task Post_RetryAfterBeyondTheLimit_FailsAtOnce()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(429, "tomorrow", ("Retry-After", "86400")));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var failure = await ModelClients.FailAsync(client);

        Assert.That(server.Requests, Is.EqualTo(1));
        Assert.That(failure.RetryAfter, Is.EqualTo(TimeSpan.FromDays(1)));
    }

    [Test]
    public async Task Post_NoReplyInTime_TimesOut()
    {
        var time = new WatchedTimeProvider();
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        using var client = ModelClients.Connect(
            server, ModelProvider.OpenAi, new() { TimeProvider = time, MaxAttempts = 1, Timeout = TimeSpan.FromSeconds(90) });

        var call = ModelClients.FailAsync(client);
        await time.TimerOfAsync(TimeSpan.FromSeconds(90));
        time.Advance(TimeSpan.FromSeconds(90));
        var failure = await call;

        Assert.That(failure.Failure, Is.EqualTo(ModelFailure.Timeout));
        Assert.That(failure.Message, Does.Contain("gave no whole reply within 90 s; "));
    }

    [Test]
    public async Task Post_SlowFirstReply_IsSentAgain()
    {
        var timeout = TimeSpan.FromMinutes(7);
        var clock = new StallClock(timeout);
        await using var server = new LoopbackModelServer(LoopbackReply.Hang() with { Stalled = clock.Elapse }, "second");
        using var client = ModelClients.Connect(
            server, ModelProvider.OpenAi, ModelClients.Fast with { Timeout = timeout, TimeProvider = clock });

        Assert.That((await client.GetResponseAsync("Hello?")).Text, Is.EqualTo("second"));
    }

    [Test]
    public async Task Post_ThroughAClientOfTheHost_ReadsTheBodyItselfAndKeepsToTheClientsTime()
    {
        string text = new('x', 5_000);
        await using var server = new LoopbackModelServer(text, LoopbackReply.Hang());
        using var patient = new HttpClient { MaxResponseContentBufferSize = 100, Timeout = TimeSpan.FromMinutes(7) };
        using var hasty = new HttpClient { Timeout = TimeSpan.FromMilliseconds(500) };

        Assert.That((await Connect(patient).GetResponseAsync("Hello?")).Text, Is.EqualTo(text));
        var failure = await ModelClients.FailAsync(Connect(hasty));

        Assert.That((failure.Failure, failure.Message), Is.EqualTo((ModelFailure.Timeout,
            $"http://127.0.0.1:{server.Port}/v1/chat/completions gave no whole reply within 0.5 s; is the model loaded? a longer time may be needed")));

        OpenAiChatClient Connect(HttpClient http) =>
            new(http, new(ModelProvider.OpenAi, server.OpenAiUrl, "m"), ModelClients.Fast with { MaxAttempts = 1 });
    }

    [Test]
    public async Task Post_CancelledInCall_StopsWithTheCallersToken()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackModelServer(_ =>
        {
            arrived.TrySetResult();
            return LoopbackReply.Hang();
        });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
        using var cancel = new CancellationTokenSource();

        var call = client.GetResponseAsync("Hello?", cancellationToken: cancel.Token);
        await arrived.Task;
        await cancel.CancelAsync();

        var thrown = await Assert.CatchAsync<OperationCanceledException>(() => call);
        Assert.That(thrown!.CancellationToken, Is.EqualTo(cancel.Token));
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Post_CancelledBetweenAttempts_Stops()
    {
        var time = new WatchedTimeProvider();
        await using var server = new LoopbackModelServer(LoopbackReply.Error(503, "", ("Retry-After", "7")));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi, new() { TimeProvider = time });
        using var cancel = new CancellationTokenSource();

        var call = client.GetResponseAsync("Hello?", cancellationToken: cancel.Token);
        await time.TimerOfAsync(TimeSpan.FromSeconds(7));
        await cancel.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => call);
        Assert.That(server.Requests, Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(0.001)]
    [TestCase(60)]
    public void Next_WishOfTheServer_IsNeverShorterThanTheOwnDelay(double seconds)
    {
        var options = new ModelClientOptions();

        for (int attempt = 1; attempt <= 10; attempt++)
        {
            var own = RetryDelay.Compute(options, attempt, null, "body"u8)!.Value;
            Assert.That(
                RetryDelay.Compute(options, attempt, TimeSpan.FromSeconds(seconds), "body"u8),
                Is.EqualTo(seconds > own.TotalSeconds ? TimeSpan.FromSeconds(seconds) : own));
        }
    }

    [TestCase("Retry-After", "0")]
    [TestCase("Retry-After", "Sat, 01 Jan 1999 00:00:45 GMT")]
    [TestCase("retry-after-ms", "0")]
    public async Task Post_RetryAfterNoTime_WaitsAsLongAsWithout(string header, string value)
    {
        var time = new WatchedTimeProvider();
        await using var server = new LoopbackModelServer(LoopbackReply.Error(429, "", (header, value)), "later");
        using var client = ModelClients.Connect(
            server,
            ModelProvider.OpenAi,
            new() { TimeProvider = time, FirstDelay = TimeSpan.FromSeconds(10), MaxDelay = TimeSpan.FromSeconds(10) });

        var call = client.GetResponseAsync("Hello?");
        while (server.Requests == 0)
            await Task.Yield();
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That((server.Requests, call.IsCompleted), Is.EqualTo((1, false)));
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.That((await call).Text, Is.EqualTo("later"));
    }

    [Test]
    public void Next_NoWish_DoublesWithinBoundsAndRepeats()
    {
        var options = new ModelClientOptions { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(3) };

        for (int attempt = 1; attempt <= 40; attempt++)
        {
            double full = Math.Min(3, Math.Pow(2, attempt - 1));
            var delay = RetryDelay.Compute(options, attempt, null, "body"u8);
            Assert.That(delay!.Value.TotalSeconds, Is.InRange(full / 2, full), attempt.ToString(CultureInfo.InvariantCulture));
            Assert.That(RetryDelay.Compute(options, attempt, null, "body"u8), Is.EqualTo(delay));
        }

        Assert.That(RetryDelay.Compute(options, 1, null, "a"u8), Is.Not.EqualTo(RetryDelay.Compute(options, 1, null, "b"u8)));
    }
}
