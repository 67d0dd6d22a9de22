using Rlm.Runtime.Budget;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Texts.Opening;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>The replies that a shard paid for, as a journal keeps them: by the key of their call.</summary>
/// <param name="Model">The model of paid stages.</param>
/// <param name="Replies">The replies.</param>
/// <param name="Reasons">Why some are missing; empty where none is.</param>
internal sealed record PartReplies(JournalModel Model, IReadOnlyDictionary<string, ModelReply> Replies, IReadOnlyList<string> Reasons)
{
    /// <summary>Where its part is.</summary>
    public PartPlace Place { get; init; } = new("");

    /// <summary>What messages call its part.</summary>
    public string Path => Place.Path;

    /// <summary>The shard.</summary>
    public RlmShard Shard { get; init; }

    /// <summary>The model as messages name it, with what else the calls depend on.</summary>
    public string ModelName => DescribeModel(Model);

    public static string DescribeModel(JournalModel model) =>
        Invariant($"`{model.Name ?? model.Provider ?? "unknown"}` with a window of {model.WindowTokens:N0} and {model.MaxOutputTokens:N0} tokens of reply");

    public void Write(PartStream part)
    {
        part.WriteOptional(Model.Provider, WriteText);
        part.WriteOptional(Model.Name, WriteText);
        part.WriteNumber(Model.WindowTokens);
        part.WriteNumber(Model.MaxOutputTokens);
        part.WriteAll(Replies, static (part, call) =>
        {
            part.WriteText(call.Key);
            part.WriteText(KnownKeys.RedactParts(call.Value.Received));
            Write(part, call.Value.Tokens);
            part.WriteFlag(call.Value.IsCut);
            part.WriteFlag(call.Value.IsPromptCut);
            part.WriteFlag(call.Value.IsRefused);
        });
        part.WriteAll(Reasons, WriteText);
    }

    public static PartReplies Read(PartStream part)
    {
        var model = new JournalModel(
            part.ReadOptional(static part => part.ReadText()), part.ReadOptional(static part => part.ReadText()), (int)part.ReadNumber(), (int)part.ReadNumber());
        var replies = part.ReadAll(static part => (Key: part.ReadText(), Reply: ReadReply(part)));
        return new PartReplies(
            model, replies.ToDictionary(static call => call.Key, static call => call.Reply, StringComparer.Ordinal), part.ReadAll(static part => part.ReadText()));
    }

    private static ModelReply ReadReply(PartStream part) =>
        new(part.ReadText(), new TokenCounts(part.ReadNumber(), part.ReadNumber(), part.ReadNumber(), part.ReadNumber()))
        {
            IsCut = part.ReadFlag(),
            IsPromptCut = part.ReadFlag(),
            IsRefused = part.ReadFlag(),
        };

    private static void Write(PartStream part, TokenCounts tokens)
    {
        part.WriteNumber(tokens.Input);
        part.WriteNumber(tokens.Output);
        part.WriteNumber(tokens.CachedInput);
        part.WriteNumber(tokens.CacheWrite);
    }

    private static void WriteText(PartStream part, string text) => part.WriteText(text);
}
