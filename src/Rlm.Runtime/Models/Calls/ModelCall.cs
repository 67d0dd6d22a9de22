using Microsoft.Extensions.AI;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Models.Calls;

/// <summary>A call that is to be made.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Messages">The prompt.</param>
/// <param name="MaxReplyTokens">The longest reply that is asked for; the limits may allow less.</param>
/// <param name="IsSubCall">Whether it is none of a root's turns.</param>
/// <param name="Charge">Called when the reserved call is used.</param>
internal sealed record ModelCall(CallKey Key, IReadOnlyList<ChatMessage> Messages, int MaxReplyTokens, bool IsSubCall, Action Charge)
{
    /// <summary>The schema that the client holds the reply to; null for none.</summary>
    public ReplyFormat? Format { get; init; }

    /// <summary>The grammar that it does; null for none.</summary>
    public ReplyGrammar? Grammar { get; init; }

    public IReplyConstraint? Constraint => (IReplyConstraint?)Format ?? Grammar;
}
