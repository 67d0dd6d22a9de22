using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Tests.Answers;
using Rlm.Runtime.Tests.Models;

namespace Rlm.Runtime.Tests;

/// <summary>A null where none may be is refused at once by the parameter's name, by every public constructor and method.</summary>
internal sealed class NullArgumentTests
{
    private static readonly ScriptedChatClient Client = new(_ => "a");
    private static readonly RlmVariable[] Variables = [RlmVariable.Value("a", 1)];
    private static readonly string Folder = Directory.CreateTempSubdirectory("rlm-null-").FullName;

    /// <summary>What stands for an argument that is not null.</summary>
    private static readonly object[] Values =
    [
        "a", Client, Variables, new RlmOptions(), new ChatClientTraits(), TextSource.FromString("a"), AnswerContext.Default.Int32,
        AnswerShape.Of(AnswerContext.Default.Int32), Stream.Null, Encoding.UTF8, new IOException(), Array.Empty<string>(),
        Array.Empty<TextSource>(), new JournalModel(null, null, 1, 1), new ModelEndpoint(ModelProvider.OpenAi, new Uri("http://127.0.0.1:1"), "a"),
        new ModelClientOptions(), ModelClients.Http, Array.Empty<ChatMessage>(), new ChatOptions(), typeof(int),
        new RlmSession(Client, Variables).Compile("a"), new JournalRun([], "a", null, null, new(null, null, 1, 1), new(null, null, 1, 1)),
        (Func<string, string?>)(_ => null), (Func<TextSource?>)(() => null), Array.Empty<IRlmRemoteFile>(),
        (Func<string, IReadOnlyList<IRlmRemoteFile>?>)(_ => null), (Func<JsonElement, int>)(_ => 1), (Action<string>)(_ => { }),
        new Dictionary<string, string>(), new SourceText("a"), new RlmShard(1, 1), Array.Empty<Diagnostic>(),
        new RlmSession(Client, Variables).Compile("a | count").Diagnostics[0], default(JsonElement), CancellationToken.None, true,
        new MemoryCallQueue(TimeSpan.FromMinutes(1)), Array.Empty<QueuedCall>(), Array.Empty<QueuedReply>(), new WorkerState("a", "1", 1, ["a"]), new QueuedReply("a", "1"), (ReadOnlyMemory<byte>)Array.Empty<byte>(),
        new WorkerOptions(), Array.Empty<(string, string)>(),
    ];

    /// <summary>What methods are called on.</summary>
    private static readonly Dictionary<Type, Func<object>> Owners = new()
    {
        [typeof(CallBudget)] = () => new CallBudget(10),
        [typeof(RlmAgent)] = () => new RlmAgent(Client),
        [typeof(RlmSession)] = () => new RlmSession(Client, Variables),
        [typeof(RlmConversation)] = () => new RlmAgent(Client).StartAsync(Variables).Result,
        [typeof(SubCalls)] = () => new SubCalls(Client),
        [typeof(RlmJournal)] = () => RlmJournal.Create(Path.Combine(Folder, Guid.NewGuid().ToString("N"))),
        [typeof(RlmParts)] = () =>
        {
            string path = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
            var session = new RlmSession(Client, [RlmVariable.Text("a", TextSource.FromString("a"))]);
            session.MapAsync(session.Compile("a | lines"), new RlmShard(1, 1), path).Wait();
            return RlmParts.Open([path]);
        },
        [typeof(ReplayChatClient)] = () => new ReplayChatClient(new(null, null, 1, 1)),
        [typeof(WholeReplyChatClient)] = () => Values.OfType<ModelEndpoint>().Single().CreateClient(ModelClients.Http),
        [typeof(OpenAiChatClient)] = () => Values.OfType<ModelEndpoint>().Single().CreateClient(ModelClients.Http),
        [typeof(AnthropicChatClient)] = () => (Values.OfType<ModelEndpoint>().Single() with { Provider = ModelProvider.Anthropic }).CreateClient(ModelClients.Http),
        [typeof(OfflineChatClient)] = () => new OfflineChatClient(),
        [typeof(SourceText)] = () => new SourceText("a"),
        [typeof(RlmProgram)] = () => new RlmSession(Client, Variables).Compile("a"),
        [typeof(MemoryCallQueue)] = () => new MemoryCallQueue(TimeSpan.FromMinutes(1)),
        [typeof(QueuedCalls)] = () => new QueuedCalls(new MemoryCallQueue(TimeSpan.FromMinutes(1))),
        [typeof(CallWorker)] = () => new CallWorker(new MemoryCallQueue(TimeSpan.FromMinutes(1)), Values.OfType<ModelEndpoint>().Single(), ModelClients.Http),
        [typeof(ModelChooser)] = () => new ModelChooser(ModelClients.Http, _ => null),
    };

    [OneTimeTearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    [TestCaseSource(nameof(Parameters))]
    public void Call_Null_IsRefusedByName(MethodBase method, ParameterInfo parameter) => Assert.That(
        () => new NullArguments(Values, Owners).CallAsync(method, parameter), Throws.ArgumentNullException.With.Property("ParamName").EqualTo(parameter.Name));

    private static IEnumerable<TestCaseData> Parameters() =>
        from call in NullArguments.In(
            typeof(SourceText).Assembly, typeof(RlmAgent).Assembly, typeof(ModelChooser).Assembly, typeof(OfflineChatClient).Assembly, typeof(RlmDocuments).Assembly)
        select new TestCaseData(call.Method, call.Parameter)
            .SetArgDisplayNames($"{call.Method.DeclaringType!.Name}.{call.Method.Name}", $"{call.Parameter.Position}: {call.Parameter.Name}");
}
