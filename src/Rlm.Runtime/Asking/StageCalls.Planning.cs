using Microsoft.Extensions.AI;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>What a plan asks of the calls.</summary>
internal sealed partial class StageCalls
{
    private readonly List<CallNotHeld> _notHeld = [];

    /// <summary>The calls that a plan came to and that nobody has a reply of.</summary>
    public IReadOnlyList<CallNotHeld> NotHeld => _notHeld;

    /// <summary>The calls of a plan, those that are the same once.</summary>
    public static IEnumerable<(IReadOnlyList<ChatMessage> Messages, CallKey Key)> DistinctCalls(AskPlan plan, ModelCaller caller) =>
        plan.Calls.SelectMany(places => Enumerable.Range(0, plan.Votes).Select(sample => (Messages: MessagesOf(plan, ItemsOf(plan, places), null), Sample: sample)))
            .Select(call => (call.Messages, Key: caller.KeyOf(call.Messages, plan.MaxReplyTokens, call.Sample)))
            .DistinctBy(call => call.Key);

    /// <summary>How many calls of a plan have to be made, each once.</summary>
    public static int CountNew(AskPlan plan, ModelCaller caller, ReplyCache replies) => DistinctCalls(plan, caller).Count(call => !replies.Has(call.Key));

    private CallNotHeld NotHeldOf(AskPlan plan, StageCall call)
    {
        var messages = MessagesOf(plan, ItemsOf(plan, call.Places), call.Problem);
        return new CallNotHeld(caller.KeyOf(messages, plan.MaxReplyTokens, call.Sample), call.Places.Count, caller.TokensOf(messages), plan.MaxReplyTokens ?? caller.MaxReplyTokens);
    }
}
