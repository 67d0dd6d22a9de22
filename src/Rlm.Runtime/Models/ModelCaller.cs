using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;

namespace Rlm.Runtime.Models;

/// <summary>Makes single calls: counts their tokens, writes them down, and takes replies that the run has already. The caller reserves the call before.</summary>
internal sealed class ModelCaller(IChatClient client, RunContext run)
{
    public ChatClientTraits Traits { get; } = client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();

    /// <summary>The model's reply, and whether it was free: an identical call had been made, and the reserved call can be refunded.</summary>
    /// <exception cref="ModelException">The model failed.</exception>
    /// <exception cref="LimitReachedException">Tokens or money have run out.</exception>
    public async Task<(ModelReply Reply, bool IsFree)> CallAsync(IReadOnlyList<ChatMessage> messages, bool isShared, CancellationToken cancellationToken)
    {
        string key = KeyOf(messages);
        if (run.Replies.FindJournaled(key) is { } journaled)
            return (journaled, true);

        if (!isShared)
            return (await CallAsync(key, messages, cancellationToken).ConfigureAwait(false), false);

        var (reply, isOwn) = await run.Replies.GetOrCallAsync(key, () => CallAsync(key, messages, cancellationToken)).ConfigureAwait(false);
        return (reply, !isOwn);
    }

    private async Task<ModelReply> CallAsync(string key, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        run.RequireTokens();
        var started = run.Elapsed;
        var response = await client.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = Traits.MaxOutputTokens }, cancellationToken).ConfigureAwait(false);
        string text = response.Text;
        var reply = new ModelReply(
            text,
            response.Usage?.InputTokenCount ?? messages.Sum(message => TokenEstimate.OfBytes(Encoding.UTF8.GetByteCount(message.Text))),
            response.Usage?.OutputTokenCount ?? TokenEstimate.OfBytes(Encoding.UTF8.GetByteCount(text)));
        run.Meter.Add(reply.InputTokens, reply.OutputTokens);
        run.Options.Journal?.Write(key, reply, started, run.Elapsed - started);
        return reply;
    }

    private string KeyOf(IReadOnlyList<ChatMessage> messages)
    {
        var hash = new XxHash128();
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        Append(hash, metadata?.ProviderName);
        Append(hash, metadata?.DefaultModelId);
        foreach (var message in messages)
        {
            Append(hash, message.Role.Value);
            Append(hash, message.Text);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Append(XxHash128 hash, string? part)
    {
        hash.Append(Encoding.UTF8.GetBytes(part ?? ""));
        hash.Append([0]);
    }
}
