using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation.Stages;

namespace Rlm.Runtime.Asking.Spellings;

/// <summary>How many names, and how many tokens of names, one call takes.</summary>
/// <param name="Names">At least 2.</param>
/// <param name="Tokens">The tokens.</param>
internal readonly record struct SpellingLimits(int Names, long Tokens)
{
    /// <summary>
    /// How many times names are put together at most: those that are spelled alike at first, then those that stand for others, with new
    /// neighbours each time.
    /// </summary>
    public const int MostLevels = 3;

    private const long MaxAutoTokens = 6_000;
    private const int ReplyTokensOfName = 4;

    public static SpellingLimits Of(PaidStage stage, SpellingPrompt prompt)
    {
        int? asked = StageArguments.FindCount(stage.Bound, Slots.Pack, null, stage.Evaluation);
        long room = Math.Max(1, stage.RoomTokens - prompt.Tokens);
        int names = asked ?? Math.Min(OperatorCatalog.MaxNames, stage.MaxReplyTokens / ReplyTokensOfName);
        return new SpellingLimits(Math.Max(2, names), asked is null ? Math.Min(MaxAutoTokens, room) : room);
    }

    /// <summary>Cuts names that stand in an order into the blocks of the calls: of the same size, smaller where names are long.</summary>
    public List<int[]> Cut(IReadOnlyList<int> order, Func<int, long> tokensOf)
    {
        var blocks = new List<int[]>();
        var block = new List<int>();
        int calls = (order.Count + Names - 1) / Names, most = calls == 0 ? 0 : (order.Count + calls - 1) / calls;
        long filled = 0;
        foreach (int name in order)
        {
            long tokens = tokensOf(name);
            if (block.Count == most || (block.Count > 0 && filled + tokens > Tokens))
            {
                blocks.Add([.. block]);
                block.Clear();
                filled = 0;
            }

            block.Add(name);
            filled += tokens;
        }

        if (block.Count > 0)
            blocks.Add([.. block]);
        return blocks;
    }

    /// <summary>Most blocks of at most so many names, in whatever order.</summary>
    /// <param name="names">The names.</param>
    /// <param name="tokens">The tokens of all of them.</param>
    /// <param name="longest">Those of the longest one.</param>
    public long MostBlocks(long names, long tokens, long longest)
    {
        // A block that is closed for its tokens holds what the longest name does not fit beside. A call has two names at least.
        long full = (names + Names - 1) / Names;
        long closed = longest <= Tokens / Names ? 0 : tokens / Math.Max(1, Tokens - longest + 1);
        return Math.Min(names / 2, closed == 0 ? full : full + closed + 1);
    }

    /// <summary>Whether so many names fit one call.</summary>
    public bool Fit(long names, long tokens) => names <= Names && tokens <= Tokens;
}
