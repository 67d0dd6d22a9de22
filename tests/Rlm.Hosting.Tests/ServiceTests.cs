using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rlm.Hosting.Tests;

internal sealed partial class ServiceTests
{
    [Test]
    public async Task AddRlm_KeyedClients_AreRootSubAndMore()
    {
        using var root = new ScriptedChatClient(Fenced("answer \"{context | llm \\\"a?\\\"} {context | llm \\\"b?\\\" with model judge}\""));
        using var sub = new ScriptedChatClient("sub");
        using var judge = new ScriptedChatClient("judge");
        var services = new ServiceCollection();
        services.AddKeyedChatClient("large", root);
        services.AddKeyedChatClient("small", sub);
        services.AddKeyedChatClient("other", judge);
        services.AddRlm(options =>
        {
            (options.RootKey, options.SubKey, options.Run) = ("large", "small", new RlmOptions { DirectTokens = 0 });
            options.ModelKeys["judge"] = "other";
            options.Run = options.Run with { ModelChatOptions = new Dictionary<string, ChatOptions> { ["judge"] = new() { Temperature = 0.5f } } };
        });
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var agent = provider.GetRequiredService<IRlmAgent>();
        var result = await agent.AskAsync("?", TextSource.FromString("x"));

        Assert.That(result.Outcome, Is.EqualTo(RlmOutcome.Answered), string.Join('\n', result.Reasons));
        Assert.That((root.CallCount, sub.CallCount, judge.CallCount), Is.EqualTo((1, 1, 1)));
        Assert.That((sub.Calls[0].Options!.Temperature, judge.Calls[0].Options!.Temperature), Is.EqualTo(((float?)null, (float?)0.5f)));
        Assert.That(provider.GetRequiredService<IRlmAgent>(), Is.SameAs(agent));
    }

    [Test]
    public async Task AddKeyedRlm_Two_HaveOptionsOfTheirOwn()
    {
        var services = new ServiceCollection();
        services.AddChatClient(new ScriptedChatClient(_ => "hello"));
        services.AddKeyedRlm("brief", options => options.Run = new RlmOptions { MaxSteps = 1, DirectTokens = 0 });
        services.AddKeyedRlm("direct");
        await using var provider = services.BuildServiceProvider();

        var brief = await provider.GetRequiredKeyedService<IRlmAgent>("brief").AskAsync("What?", TextSource.FromString("x"));
        var direct = await provider.GetRequiredKeyedService<IRlmAgent>("direct").AskAsync("What?", TextSource.FromString("x"));

        Assert.That((brief.Outcome, direct.Answer), Is.EqualTo((RlmOutcome.NoAnswer, "hello")));
    }

    [Test]
    public void AddRlm_WrongOptions_AreRefusedWhenTheHostStarts()
    {
        var services = new ServiceCollection();
        services.AddRlm(options => (options.RootKey, options.Run) = ("large", new RlmOptions { MaxSteps = 0 }));
        using var provider = services.BuildServiceProvider();

        var thrown = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.That(thrown!.Failures, Has.Exactly(1).Contains("options.MaxSteps"));
        Assert.That(thrown.Failures, Does.Contain("There is no `IChatClient` with the key `large`."));
    }

    [Test]
    public void AddRlm_NoClient_SaysSoAtTheStart()
    {
        using var provider = new ServiceCollection().AddRlm().BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IRlmAgent>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("There is no `IChatClient` without a key"));
    }

    [Test]
    public void AddRlm_Configuration_SetsLimits()
    {
        var options = Configured(
            ("Rlm:RootKey", "large"), ("Rlm:MaxCalls", "7"), ("Rlm:Timeout", "00:02:00"), ("Rlm:maxtokens", "9000000000"), ("Rlm:Strict", "true"),
            ("Rlm:ModelKeys:judge", "other"));

        Assert.That((options.RootKey, options.Run.MaxCalls, options.Run.Timeout, options.Run.MaxTokens, options.Run.Strict),
            Is.EqualTo(("large", 7, TimeSpan.FromMinutes(2), 9_000_000_000L, true)));
        Assert.That(options.ModelKeys["judge"], Is.EqualTo("other"));
    }

    [TestCase("MaxCall", "7", "`Rlm:MaxCall` is not a setting of an agent; there are `MaxCalls`")]
    [TestCase("MaxCalls", "many", "`Rlm:MaxCalls` cannot be `many`")]
    [TestCase("MaxCalls", "1.5", "`Rlm:MaxCalls` cannot be `1.5`")]
    [TestCase("MaxCalls", "99999999999", "`Rlm:MaxCalls` cannot be `99999999999`")]
    public void AddRlm_ConfigurationThatCannotBeRead_IsRefused(string key, string value, string message) => Assert.That(
        () => Configured(($"Rlm:{key}", value)), Throws.InvalidOperationException.With.Message.StartsWith(message));

    /// <summary>Each option whose value is a number, a time, a text or a bit can stand in a configuration.</summary>
    [Test]
    public void RunSettings_Names_AreTheOptionsOfPlainValues()
    {
        Type[] plain = [typeof(int), typeof(long), typeof(decimal), typeof(bool), typeof(string), typeof(TimeSpan)];
        string[] notOfAHost = [nameof(RlmOptions.TimeSpent), nameof(RlmOptions.CallEvents), nameof(RlmOptions.PromptEvents)];
        string[] expected = [.. typeof(RlmOptions).GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true, IsStatic: false }
                && plain.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
            .Select(property => property.Name).Except(notOfAHost)];

        Assert.That(Services.RunSettings.Names, Is.EquivalentTo(expected));
    }

    [Test]
    public async Task AddRlm_Logger_IsToldOfRunsWithoutTheirWords()
    {
        using var log = new ListLogger();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        services.AddChatClient(new ScriptedChatClient(Fenced("answer \"a secret\"")));
        services.AddRlm(options => options.Run = new RlmOptions { DirectTokens = 0 });
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IRlmAgent>().AskAsync("The secret?", TextSource.FromString("x"));

        Assert.That(log.Lines, Has.Exactly(1).StartsWith("Information: The run ended: Answered, partial: False, 1 turn(s), 0 call(s)"));
        Assert.That(log.Lines, Has.None.Contains("secret"));
    }

    [Test]
    public async Task IRlmAgent_StandIn_AnswersTextsAndTypes()
    {
        IRlmAgent agent = new Fixed();

        var result = await agent.AskAsync("?", TextSource.FromString("x"));
        var typed = await agent.AskAsync("?", [], Numbers.Default.Int32);

        Assert.That((result.Answer, typed.Value), Is.EqualTo(("context", 7)));
    }

    private static RlmServiceOptions Configured(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        foreach (string key in (string[])["large", "other"])
            services.AddKeyedChatClient(key, new ScriptedChatClient());
        services.AddChatClient(new ScriptedChatClient());
        services.AddRlm(configuration.GetSection("Rlm"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<RlmServiceOptions>>().Value;
    }

    private static string Fenced(string program) => RlmChatClientTests.Fenced(program);

    private sealed class Fixed : IRlmAgent
    {
        public Task<RlmResult> AskAsync(string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) =>
            Task.FromResult(new RlmResult
            {
                Outcome = RlmOutcome.Answered,
                Answer = variables[0].Name,
                Usage = new RlmUsage { Steps = 1 },
            });

        public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
            string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<RlmEvent> AskStreamingAsync(
            string question, IReadOnlyList<RlmVariable> variables, AnswerShape shape,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            var result = new RlmResult { Outcome = RlmOutcome.Answered, Answer = "7", Usage = new RlmUsage { Steps = 1 } };
            yield return new RunFinished { At = TimeSpan.Zero, Result = result };
        }
    }

    [System.Text.Json.Serialization.JsonSerializable(typeof(int))]
    private sealed partial class Numbers : System.Text.Json.Serialization.JsonSerializerContext;

    private sealed class ListLogger : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
