using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests;

/// <summary>What came of programs that were run by hand over one text.</summary>
internal sealed record ProgramRun(RlmResult Result, IReadOnlyList<RlmEvent> Events)
{
    public string? Answer => Result.Answer;

    public IReadOnlyList<string> Notes => Result.Notes;

    public static Task<ProgramRun> RunAsync(
        string program, string context, IChatClient model, RlmOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Session(context, model, options), program, cancellationToken);

    public static async Task<ProgramRun> RunAsync(RlmSession session, string program, CancellationToken cancellationToken = default)
    {
        var events = new List<RlmEvent>();
        await foreach (var happened in session.RunStreamingAsync(program, cancellationToken: cancellationToken))
            events.Add(happened);
        return new ProgramRun(((RunFinished)events[^1]).Result, events);
    }

    public static RlmSession Session(string context, IChatClient model, RlmOptions? options = null) =>
        new(model, [RlmVariable.Text("context", TextSource.FromString(context, "notes.txt"))], options);

    /// <summary>The lines <c>item 1</c> to <c>item N</c>.</summary>
    public static string Items(int count) => string.Join('\n', Enumerable.Range(1, count).Select(number => $"item {number}"));
}
