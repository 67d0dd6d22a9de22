using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Root;

/// <summary>What came of a question that a scripted root was asked about one text.</summary>
internal sealed record RootRun(RlmResult Result, IReadOnlyList<RlmEvent> Events)
{
    public static readonly RlmOptions Programs = new() { DirectTokens = 0 };

    public IReadOnlyList<string> Observations => [.. Events.OfType<TurnFinished>().Select(turn => turn.Step.Observation)];

    public static string Fenced(string program) => $"```rlm\n{program}\n```";

    public static Task<RootRun> AskAsync(IChatClient root, string context, RlmOptions? options =
        null, IChatClient? sub = null, CancellationToken cancellationToken = default) =>
        AskAsync(
            root,
            [RlmVariable.Text("context", TextSource.FromString(context, "notes.txt"))],
            options,
            sub,
            cancellationToken: cancellationToken);

    public static async Task<RootRun> AskAsync(
        IChatClient root, IReadOnlyList<RlmVariable> variables, RlmOptions? options = null, IChatClient? sub = null,
        string question = "Which one?", CancellationToken cancellationToken = default)
    {
        var agent = new RlmAgent(root, sub ?? new ScriptedChatClient(), options ?? Programs);
        var events = new List<RlmEvent>();
        await foreach (var happened in agent.AskStreamingAsync(question, variables, cancellationToken))
            events.Add(happened);
        return new RootRun(((RunFinished)events[^1]).Result, events);
    }
}
