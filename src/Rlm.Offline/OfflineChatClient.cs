using System.Text;
using Microsoft.Extensions.AI;
using Rlm.Offline;
using Rlm.Offline.Planning;
using Rlm.Offline.Replies;
using Rlm.Runtime.Models;
using Rlm.Runtime.Replies;

namespace Rlm;

/// <summary>
/// A built-in deterministic chat client that needs no model: rules write the pipelines, extraction answers the sub-calls.
/// </summary>
/// <remarks>
/// Not a language model. As root it recognises the kind of question and writes the pipeline for it from what the variables' cards show; in
/// sub-calls it answers with sentences, names, numbers, dates and labels found in the data. The same prompt gives the same reply,
/// on any machine and in any culture. Calls may run at the same time. It never fails on a prompt; usage is estimated as UTF-8 bytes / 4.
/// </remarks>
public sealed class OfflineChatClient : WholeReplyChatClient, IResultJudge
{
    /// <summary>What it says to a question without a text.</summary>
    internal const string NoText =
        "There is no text to answer from. The offline model answers only from a text, given with -c; it knows nothing itself.";

    /// <summary>What it calls itself, as provider and as model.</summary>
    internal const string Id = "offline";

    /// <summary>A client; all are alike.</summary>
    public OfflineChatClient()
        : base(new ChatClientMetadata(Id, null, Id), new ChatClientTraits { WindowTokens = 1_000_000, MaxOutputTokens = 16_384 })
    {
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> all = [.. messages];
        string reply = Reply(all);
        long input = all.Sum(static message => Tokens(message.Text)), output = Tokens(reply);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply))
        {
            ModelId = Id,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        });
    }

    RlmResult IResultJudge.JudgeRoot(RlmResult result) => OfflineVerdict.OfRoot(result);

    RlmResult IResultJudge.JudgeSubCalls(RlmResult result) => OfflineVerdict.OfSubCalls(result);

    private static string Reply(IReadOnlyList<ChatMessage> messages)
    {
        List<string> said = [.. messages.Where(static m => m.Role == ChatRole.User).Select(static m => m.Text)];
        if (said.Find(static text => PromptMarkers.Unwrap(text, PromptMarkers.Question) is not null) is { } first
            && PromptMarkers.Unwrap(first, PromptMarkers.Variables) is not null)
        {
            IEnumerable<string> programs = messages.Where(static m => m.Role == ChatRole.Assistant).Select(static m => m.Text);
            return RootAnswerer.Answer(first, said, programs);
        }

        return SubCallAnswerer.Answer(said.FindLast(static text => PromptMarkers.Unwrap(text, PromptMarkers.Reply) is not null)
            ?? (said.Count > 0 ? said[^1] : ""));
    }

    private static long Tokens(string text) => (Encoding.UTF8.GetByteCount(text) + 3) / 4;
}
