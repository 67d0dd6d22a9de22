using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// The calls of a stage that asks about a few items first, and shows them with their replies in each other call, so that like cases are
/// answered alike in all of them.
/// </summary>
/// <param name="First">The calls about the examples.</param>
/// <param name="Rest">The calls about the other items, which have room for the examples.</param>
/// <param name="Chosen">The places of the examples, in order.</param>
/// <param name="ExampleTokens">What they and their replies take at most.</param>
internal sealed record CalibratedPlan(AskPlan First, AskPlan Rest, IReadOnlyList<int> Chosen, long ExampleTokens)
{
    /// <summary>A longer reply is left out.</summary>
    private const long MaxReplyTokens = 300;

    /// <summary>What opens an item and its reply, and what stands between them; what the frame of all takes.</summary>
    private const long LineTokens = 12;

    /// <summary>What the frame of all examples takes, with the line that says what they are.</summary>
    public const long FrameTokens = 64;

    /// <summary>What an item of so many tokens takes with its reply at most.</summary>
    public static long TokensOf(long itemTokens, RlmType reply, PaidStage stage) => itemTokens + LimitOf(reply, stage) + LineTokens;

    /// <summary>At most what is asked behind the first calls, of which nobody knows the replies yet.</summary>
    public CallAmounts AmountsOfRest(PaidStage stage)
    {
        long calls = 0, tokens = 0, longest = 0;
        long examples = (long)((FrameTokens + PlannedAmount.Product(StageBounds.SizeSafety, ExampleTokens)) * stage.Caller.TokenFactor);
        foreach (var (messages, format, _) in Rest.ListDistinctCalls(stage.Caller))
        {
            stage.Evaluation.CancellationToken.ThrowIfCancellationRequested();
            long prompt = stage.Caller.TokensOf(messages, format) + examples;
            (calls, tokens, longest) = (calls + 1, tokens + prompt, Math.Max(longest, prompt));
        }

        long again = Rest.MostReasks((int)calls);
        return new CallAmounts(
            calls, tokens, PlannedAmount.Product(calls, stage.MaxReplyTokens),
            again, PlannedAmount.Product(again, longest + CallAmounts.ProblemTokens),
            PlannedAmount.Product(again, stage.MaxReplyTokens), longest);
    }

    /// <summary>Asks about the examples, then about the others.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isEnough">As for <see cref="PaidStage.AskAsync"/>.</param>
    public async Task<Value?[]> AskAsync(PaidStage stage, Func<ArraySegment<Value?>, bool>? isEnough)
    {
        int later = isEnough is null ? Rest.CallCount : Math.Min(1, Rest.CallCount);

        // Where the replies about the examples are there, those of the others may be, too: these are counted when the examples are known.
        if (stage.CountNew(First) is > 0 and var calls)
            stage.RequireBudget((int)Math.Min(int.MaxValue, (long)calls + later));
        var first = await stage.AskAsync(First, keepCalls: later).ConfigureAwait(false);
        stage.Failed.CallsInVain = null;
        string? examples = Write(first, stage);
        if (examples is null)
            stage.Evaluation.Note(
                $"{stage.Text}: no example has a reply that could be shown, so that the other items were asked about without");

        Func<ArraySegment<Value?>, bool>? isAllEnough = isEnough is null ? null : known => isEnough(AddFirst(known, first));
        var values = await stage.AskAsync(Rest with { Examples = examples }, isAllEnough).ConfigureAwait(false);
        AddFirst(values, first);
        return values;
    }

    /// <summary>Puts the values of the examples, and of the items that repeat them, into their places.</summary>
    private ArraySegment<Value?> AddFirst(ArraySegment<Value?> values, Value?[] first)
    {
        foreach (int place in Chosen.SelectMany(First.PlacesOf))
        {
            if (place < values.Count)
                values[place] = first[place];
        }

        return values;
    }

    /// <summary>The examples as a prompt shows them; null for none.</summary>
    private string? Write(Value?[] values, PaidStage stage)
    {
        long limit = LimitOf(First.Reply, stage);
        var shown = Chosen.Where(place => values[place] is not (null or FailedValue))
            .Select(place => (First.Items[place].Data, Reply: WriteReply(values[place]!)))
            .Where(example => TokenEstimate.OfText(example.Reply) <= limit)
            .Select(static example => $"{AskItems.WriteOpened("Item:", example.Data)}\n{AskItems.WriteOpened("Reply:", example.Reply)}")
            .ToArray();
        return shown.Length == 0 ? null : string.Join('\n', shown);
    }

    private static string WriteReply(Value value) => value is ListValue or RecordValue ? JsonText.Of(value) : ValueRenderer.InTemplate(value);

    private static long LimitOf(RlmType reply, PaidStage stage) => Math.Min(
        stage.ReplyTokens, reply.Required is RecordType or ListType || reply.Required == RlmType.Text || reply.Required == RlmType.Quote
            ? MaxReplyTokens : 2 * ReplyGuide.TokensOf(reply));
}
