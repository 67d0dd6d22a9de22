using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Telemetry;

[NonParallelizable]
internal sealed class RlmTelemetryTests
{
    private static readonly ChatClientMetadata Metadata = new("test-provider", new Uri("https://models.example:8443/v1"), "test-model");

    [Test]
    public async Task AskAsync_Listener_SeesRunTurnsCallsAndTools()
    {
        using var spans = new Spans();
        using var model = Client(Program("context | lines | first 1 | map shout(it) | map llm \"Say it: {it}\" | first"), "HELLO it is");
        var agent = new RlmAgent(model, options: new RlmOptions { DirectTokens = 0, Tools = [new Shout()] });

        var result = await agent.AskAsync("What does it say?", TextSource.FromString("hello\nworld"));

        Assert.That(result.Answer, Is.EqualTo("HELLO it is"), string.Join('\n', result.Reasons));
        var run = spans.Single("invoke_agent Rlm");
        Assert.That(run.Kind, Is.EqualTo(ActivityKind.Internal));
        Assert.That(TagsOf(run), Does.Contain("rlm.outcome=Answered").And.Contain("rlm.calls=1").And.Contain("rlm.steps=1")
            .And.Contain("gen_ai.provider.name=test-provider").And.Contain("gen_ai.request.model=test-model")
            .And.Contain($"gen_ai.usage.input_tokens={result.Usage.InputTokens}"));
        var chats = spans.All("chat test-model");
        Assert.That(chats.Select(chat => chat.GetTagItem("rlm.role")), Is.EqualTo(new[] { "root", "sub" }));
        Assert.That(chats.Select(chat => chat.ParentSpanId), Is.All.EqualTo(run.SpanId));
        Assert.That(chats.Select(chat => chat.Kind), Is.All.EqualTo(ActivityKind.Client));
        Assert.That(TagsOf(chats[1]), Does.Contain("gen_ai.operation.name=chat").And.Contain("server.address=models.example")
            .And.Contain("server.port=8443").And.Contain("gen_ai.response.model=scripted").And.Contain("gen_ai.usage.output_tokens=3"));
        var tool = spans.Single("execute_tool shout");
        Assert.That(tool.ParentSpanId, Is.EqualTo(run.SpanId));
        Assert.That(TagsOf(tool), Does.Contain("gen_ai.tool.name=shout").And.Contain("gen_ai.tool.type=function"));
    }

    [Test]
    public async Task AskAsync_Listener_FindsNoTextOfPromptsAndReplies()
    {
        using var spans = new Spans();
        using var model = Client(Program("context | lines | map llm \"Secret prompt {it}\" | first"), "secret reply");

        await new RlmAgent(model, options: new RlmOptions { DirectTokens = 0 }).AskAsync("secret question", TextSource.FromString("secret text"));

        Assert.That(spans.Everything(), Has.None.Contains("ecret"));
    }

    [Test]
    public async Task AskAsync_ModelThatFails_EndsItsSpanWithTheError()
    {
        using var spans = new Spans();
        using var model = new ScriptedChatClient((call, _) => call.Index == 0
            ? Task.FromResult(ScriptedChatClient.Response(Program("context | lines | map llm \"x\" or skip | join \",\""), call))
            : throw new InvalidOperationException("out of order"))
        { Services = [Metadata] };

        var result = await new RlmAgent(model, options: new RlmOptions { DirectTokens = 0, MaxSteps = 1 })
            .AskAsync("What?", TextSource.FromString("hello"));

        Assert.That(model.CallCount, Is.GreaterThan(1), string.Join('\n', result.Reasons));
        var failed = spans.All("chat test-model")[1];
        Assert.That((failed.Status, failed.GetTagItem("error.type")), Is.EqualTo((ActivityStatusCode.Error, (object)"ServerError")));
        Assert.That(spans.Single("invoke_agent Rlm").GetTagItem("error.type"),
            Is.EqualTo(result.Outcome == RlmOutcome.Answered ? null : result.Outcome.ToString()));
    }

    [Test]
    public async Task RunAsync_Program_IsAWorkflow()
    {
        using var spans = new Spans();
        using var model = Client();
        using var text = TextSource.FromString("a\nb");

        await new RlmSession(model, [RlmVariable.Text("context", text)]).RunAsync("context | lines | count");

        Assert.That(spans.Single("invoke_workflow Rlm").GetTagItem("rlm.outcome"), Is.EqualTo("Completed"));
    }

    [Test]
    public async Task AskAsync_MeterListener_CountsTokensAndTimes()
    {
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == RlmTelemetry.Name)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {value} {Join(tags)}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {value >= 0} {Join(tags)}"));
        listener.Start();
        using var model = Client(Program("context | llm \"x\""), "one two three");

        await new RlmAgent(model, options: new RlmOptions { DirectTokens = 0 }).AskAsync("What?", TextSource.FromString("hello"));

        const string Chat = "gen_ai.operation.name=chat gen_ai.provider.name=test-provider gen_ai.request.model=test-model "
            + "server.address=models.example server.port=8443 gen_ai.response.model=scripted";
        Assert.That(measured, Does.Contain($"gen_ai.client.token.usage 3 {Chat} gen_ai.token.type=output"));
        Assert.That(measured.Count(line => line == $"gen_ai.client.operation.duration True {Chat}"), Is.EqualTo(2));
        Assert.That(measured.Count(line => line.StartsWith("gen_ai.invoke_agent.duration True", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task AskAsync_NobodyListens_MakesNoSpan()
    {
        Activity? seen = null;
        using var model = new ScriptedChatClient(call =>
        {
            seen = Activity.Current;
            return Program("context | lines | count");
        })
        { Services = [Metadata] };

        await new RlmAgent(model, options: new RlmOptions { DirectTokens = 0 }).AskAsync("What?", TextSource.FromString("hello"));

        Assert.That(seen, Is.Null);
    }

    private static ScriptedChatClient Client(params string[] replies) => new(replies) { Services = [Metadata] };

    private static string Program(string answer) => $"```rlm\nanswer {answer}\n```";

    private static string[] TagsOf(Activity activity) => [.. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")];

    private static string Join(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class Spans : IDisposable
    {
        private readonly List<Activity> _ended = [];
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == RlmTelemetry.Name,
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    lock (_ended)
                        _ended.Add(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public Activity[] All(string name)
        {
            lock (_ended)
                return [.. _ended.Where(activity => activity.DisplayName == name)];
        }

        public Activity Single(string name) => All(name).Single();

        public string[] Everything()
        {
            lock (_ended)
                return [.. _ended.SelectMany(activity => (string[])[activity.DisplayName, activity.StatusDescription ?? "", .. TagsOf(activity)])];
        }

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Shout : RlmTool
    {
        public override string Name => "shout";

        public override string Description => "Says it loudly.";

        public override IReadOnlyList<RlmToolParameter> Parameters => [new("words", "text")];

        public override string ResultType => "text";

        public override ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken) =>
            new(JsonElement.Parse($"\"{arguments[0]!.Value.GetString()!.ToUpperInvariant()}\""));
    }
}
