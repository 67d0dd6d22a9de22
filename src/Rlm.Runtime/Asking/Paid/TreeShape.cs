using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>How many replies a merge takes, and how long they may be so that it fits the window.</summary>
internal readonly record struct TreeShape(int FanIn, int PartTokens)
{
    /// <summary>What an item's number and place take.</summary>
    public const int ItemFrameTokens = 24;

    private const int MaxMerged = 16;

    public static TreeShape Of(ReduceTree[] trees, PaidStage stage) => Of(trees.Max(tree => TokenEstimate.OfText(tree.Question)), stage);

    public static TreeShape Of(long questionTokens, PaidStage stage)
    {
        int fanIn = (int)Math.Clamp(stage.RoomTokens / stage.MaxReplyTokens, 2, MaxMerged);
        return new(
            fanIn, (int)Math.Min(stage.MaxReplyTokens, Math.Max(64, (stage.RoomTokens - questionTokens - 64) / fanIn - ItemFrameTokens)));
    }

    /// <summary>Calls of a tree with so many runs at the bottom.</summary>
    public long CallsOf(long runs)
    {
        long calls = runs;
        while (runs > 1)
        {
            runs = (runs + FanIn - 1) / FanIn;
            calls += runs;
        }

        return calls;
    }

    /// <summary>Most merges of any trees that have so many runs together.</summary>
    public long MostMergesOf(long runs)
    {
        // For more runs a tree takes fewer merges for each of them.
        decimal ratio = 0;
        for (int i = 2; i <= Math.Min(runs, 1_000); i++)
            ratio = Math.Max(ratio, (decimal)(CallsOf(i) - i) / i);
        return (long)Math.Ceiling(ratio * runs);
    }
}
