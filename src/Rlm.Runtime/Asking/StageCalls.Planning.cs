
namespace Rlm.Runtime.Asking;

/// <summary>What a plan asks of the calls.</summary>
internal sealed partial class StageCalls
{
    private readonly List<CallNotHeld> _notHeld = [];

    /// <summary>The calls that a plan came to and that nobody has a reply of.</summary>
    public IReadOnlyList<CallNotHeld> NotHeld => _notHeld;

    private CallNotHeld MakeNotHeld(AskPlan plan, StageCall call)
    {
        var messages = plan.MessagesOf(plan.ItemsAt(call.Places), call.Problem);
        return new CallNotHeld(caller.KeyOf(messages, plan.MaxReplyTokens, call.Sample), call.Places.Count, caller.TokensOf(messages), plan.MaxReplyTokens ?? caller.MaxReplyTokens);
    }
}
