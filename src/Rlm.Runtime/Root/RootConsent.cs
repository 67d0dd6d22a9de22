using Microsoft.Extensions.AI;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Root;

/// <summary>
/// Asks before the first turn of a root that costs anything, whose prompt is known; the later ones are within the limits of the run.
/// </summary>
internal static class RootConsent
{
    /// <exception cref="LimitReachedException">The answer was no.</exception>
    /// <returns>Whether the root may go on without being asked about again.</returns>
    public static async Task<bool> RequireAsync(
        RunContext run, ModelCaller root, IReadOnlyList<ChatMessage> messages, int turn, int turns, CancellationToken cancellationToken)
    {
        if (run.Consent is not { } consent)
            return true;
        if (run.Replies.Has(root.KeyOf(messages, null)))
            return false;

        long input = root.TokensOf(messages);
        var spending = new CallAmounts(1, input, root.MaxReplyTokens, turns - 1, 0, 0, input)
            .Of(turn == 1 ? "the root's first turn" : $"the root's turn {turn}", SpendingCertainty.Exactly, root.Price);
        await consent.AskAsync(new SpendingPlan([spending]) { IsRoot = true }, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
