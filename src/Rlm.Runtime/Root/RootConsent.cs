using Microsoft.Extensions.AI;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models;

namespace Rlm.Runtime.Root;

/// <summary>Asks before a root's first turn, whose prompt is known; the later ones are within the limits of the run.</summary>
internal static class RootConsent
{
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    public static async Task RequireAsync(RunContext run, ModelCaller root, IReadOnlyList<ChatMessage> messages, int turns, CancellationToken cancellationToken)
    {
        if (run.Options.Confirm is not { } confirm || run.Replies.Has(root.KeyOf(messages, null)))
            return;

        long input = root.TokensOf(messages);
        var plan = new SpendingPlan("the root's first turn", 1, Math.Min(turns, run.Options.MaxCalls), input, root.MaxReplyTokens, root.Price?.Of(input, root.MaxReplyTokens)) { IsRoot = true };
        if (!await confirm(plan, cancellationToken).ConfigureAwait(false))
            throw new LimitReachedException("the root's first turn was not confirmed: nothing was spent");
    }
}
