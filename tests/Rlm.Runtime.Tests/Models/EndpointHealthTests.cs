using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Rlm.Providers.Wire;

namespace Rlm.Runtime.Tests.Models;

/// <summary>Calls of one endpoint wait together, and stop together when it is dead.</summary>
internal sealed class EndpointHealthTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task BeforeAttempt_Paused_WaitsForAllCallsSpreadByATenth()
    {
        var health = new EndpointHealth(_clock);
        health.Pause(TimeSpan.FromSeconds(10));
        var first = Attempt(health, 0);
        var last = Attempt(health, 1);

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That((first.IsCompleted, last.IsCompleted), Is.EqualTo((false, false)));
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        await first;
        Assert.That(last.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await last;
    }

    [Test]
    public async Task Clients_OfOneAddress_WaitForEachOthersPause()
    {
        var clock = new PauseClock();
        var options = ModelClients.Fast with { TimeProvider = clock, MaxAttempts = 1 };
        await using var server = new LoopbackModelServer(LoopbackReply.Error(429, "{}", ("Retry-After", "5")), "fine");
        using var sub = new ModelEndpoint(ModelProvider.OpenAi, server.OpenAiUrl, "other-model", null)
            .CreateClient(ModelClients.Http, options);
        await ModelClients.FailAsync(ModelClients.Connect(server, ModelProvider.OpenAi, options));

        var reply = sub.GetResponseAsync("Hello?");
        await clock.Paused.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.That(server.Requests, Is.EqualTo(1));
        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.That(((await reply).Text, server.Requests), Is.EqualTo(("fine", 2)));
    }

    [Test]
    public void Of_AnotherPortOrSchemeOrClient_IsAnotherOne()
    {
        using var http = ModelHttp.CreateClient();
        var health = EndpointHealth.Of(ModelClients.Http, new Uri("http://127.0.0.1:1/v1"), _clock);

        Assert.That(EndpointHealth.Of(ModelClients.Http, new Uri("http://127.0.0.1:1/other"), _clock), Is.SameAs(health));
        Assert.That(EndpointHealth.Of(ModelClients.Http, new Uri("http://127.0.0.1:2/v1"), _clock), Is.Not.SameAs(health));
        Assert.That(EndpointHealth.Of(ModelClients.Http, new Uri("https://127.0.0.1:1/v1"), _clock), Is.Not.SameAs(health));
        Assert.That(EndpointHealth.Of(http, new Uri("http://127.0.0.1:1/v1"), _clock), Is.Not.SameAs(health));
    }

    [Test]
    public async Task BeforeAttempt_ManyFailuresInAShortTime_GoesOn()
    {
        var health = new EndpointHealth(_clock);
        for (int i = 0; i < 100; i++)
            health.CountFailure();

        await Attempt(health);
    }

    [Test]
    public async Task BeforeAttempt_Dead_WaitsForOneProbeThenRefusesUntilTheNext()
    {
        var health = MakeDead();
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(_ => Attempt(health))];
        Assert.That(waiting.Any(task => task.IsCompleted), Is.False);

        _clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAny(waiting);
        Assert.That(waiting.Count(task => task.IsCompletedSuccessfully), Is.EqualTo(1));
        health.CountFailure();

        await Assert.ThatAsync(() => Task.WhenAll(waiting), Throws.TypeOf<ModelException>().With.Message.EqualTo("dead after 21 for 30 s"));
        Assert.That(waiting.Count(task => task.IsFaulted), Is.EqualTo(4));
        await Assert.ThatAsync(() => Attempt(health), Throws.TypeOf<ModelException>().With.Message.EqualTo("dead after 21 for 30 s"));

        _clock.Advance(TimeSpan.FromSeconds(30));
        await Attempt(health);
        health.CountReply();
        await Attempt(health);
        await Attempt(health);
    }

    [Test]
    public async Task BeforeAttempt_ProbeReplies_LetsTheOthersGo()
    {
        var health = MakeDead();
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(_ => Attempt(health))];
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAny(waiting);

        health.CountReply();

        await Task.WhenAll(waiting);
    }

    [Test]
    public async Task BeforeAttempt_ProbeIsCancelled_AnotherCallProbes()
    {
        var health = MakeDead();
        Task[] waiting = [.. Enumerable.Range(0, 3).Select(_ => Attempt(health))];
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAny(waiting);

        health.GiveUp();

        Assert.That(() => waiting.Count(task => task.IsCompletedSuccessfully), Is.EqualTo(2).After(5_000, 5));
    }

    [Test]
    public async Task Post_EndpointDiesInTheMiddle_FailsTheRestAtOnceAndSaysSo()
    {
        var clock = new Budget.EagerTimeProvider();
        var server = new LoopbackModelServer("ok");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi, new() { TimeProvider = clock });
        await client.GetResponseAsync("Hello?");
        await server.DisposeAsync();

        ModelException? last = null;
        for (int i = 0; i < 12; i++)
            last = await ModelClients.FailAsync(client);

        Assert.That(
            last!.Message,
            Does.Match(
                @"^http://127\.0\.0\.1:\d+/v1/chat/completions has not replied \d\d times in a row and is not asked for another \d+ s; is the server running\? check the base URL$"));
    }

    [TestCase("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "1m30.5s", 90.5)]
    [TestCase("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "120ms", 0.12)]
    [TestCase("x-ratelimit-remaining-tokens", "12", "x-ratelimit-reset-tokens", "120ms", null)]
    [TestCase("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "soon", null)]
    [TestCase("x-ratelimit-remaining-tokens", "none", "x-ratelimit-reset-tokens", "1s", null)]
    [TestCase("anthropic-ratelimit-requests-remaining", "0", "anthropic-ratelimit-requests-reset", "2000-01-01T00:00:20Z", 20)]
    [TestCase("anthropic-ratelimit-output-tokens-remaining", "0", "anthropic-ratelimit-output-tokens-reset", "1999-12-31T00:00:20Z", null)]
    public void Pause_Headers_IsTheTimeUntilThereIsSomethingLeft(string remaining, string left, string reset, string when, double? seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(remaining, left);
        response.Headers.TryAddWithoutValidation(reset, when);

        Assert.That(RateLimitHeaders.Pause(response.Headers, new FakeTimeProvider())?.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task Post_NothingLeftOfTheLimit_HoldsTheNextCallBack()
    {
        var time = new WatchedTimeProvider();
        await using var server = new LoopbackModelServer(
            LoopbackReply.Error(
                200,
                """{"choices":[{"message":{"content":"a"}}]}""",
                ("x-ratelimit-remaining-requests", "0"),
                ("x-ratelimit-reset-requests", "7s")), "b");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi, new() { TimeProvider = time });
        await client.GetResponseAsync("Hello?");

        var next = client.GetResponseAsync("Hello?");
        Assert.That((next.IsCompleted, server.Requests), Is.EqualTo((false, 1)));
        time.Advance(TimeSpan.FromSeconds(8));

        Assert.That((await next).Text, Is.EqualTo("b"));
    }

    private EndpointHealth MakeDead()
    {
        var health = new EndpointHealth(_clock);
        _clock.Advance(TimeSpan.FromSeconds(11));
        for (int i = 0; i < 20; i++)
            health.CountFailure();
        return health;
    }

    private static Task Attempt(EndpointHealth health, double spread = 0) => health.BeforeAttemptAsync(
        spread, (failures, wait) =>
            new ModelException(ModelFailure.Unreachable, $"dead after {failures} for {wait.TotalSeconds} s"), default).AsTask();

    /// <summary>Tells when somebody waits for a pause of five seconds and a tenth more.</summary>
    private sealed class PauseClock : FakeTimeProvider
    {
        public TaskCompletionSource Paused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime >= TimeSpan.FromSeconds(5) && dueTime <= TimeSpan.FromSeconds(5.5))
                Paused.TrySetResult();
            return timer;
        }
    }

    [TestCase(-5)]
    [TestCase(5)]
    public async Task Pause_WallClockJumps_IsAsLongAsItWas(int hours)
    {
        var clock = new Budget.JumpingTimeProvider();
        var health = new EndpointHealth(clock);
        health.Pause(TimeSpan.FromSeconds(10));
        clock.Jump = TimeSpan.FromHours(hours);

        var waiting = health.BeforeAttemptAsync(0, (_, _) => new ModelException(ModelFailure.Unreachable, "dead"), default).AsTask();
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.That(waiting.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(2));
        await waiting;
    }
}
