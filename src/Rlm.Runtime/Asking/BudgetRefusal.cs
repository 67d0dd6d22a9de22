using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Asking;

/// <summary>Refuses a stage that makes more calls than are left, and proposes a form that what is left pays for.</summary>
internal static class BudgetRefusal
{
    private const string Smaller =
        "filter first with `grep` or `where`, cut larger chunks, or take a `sample`; counting and grouping are free";

    /// <summary>The refusal, with the numbers.</summary>
    /// <param name="bound">The stage.</param>
    /// <param name="stage">The stage as written, cut to one line.</param>
    /// <param name="calls">The calls that it makes.</param>
    /// <param name="plan">What they ask; null for a stage of several levels.</param>
    /// <param name="run">The run.</param>
    public static EvaluationException Make(BoundStage bound, string stage, int calls, AskPlan? plan, RunContext run)
    {
        int left = run.Budget.Left;
        string are = Amount.Agree(left, "{is|are}");
        string message = Invariant($"`{stage}` would make {Amount.Of(calls, "call")}; {left:N0} {are} left of {run.Options.MaxCalls:N0}");
        return new EvaluationException(bound.HeadSpan, message, HelpOf(plan, left)) { Descriptor = RuntimeDiagnostics.OverBudget };
    }

    /// <summary>Packs that fit, else how many items do. A fifth of the calls stays for rows that are asked about again.</summary>
    private static string HelpOf(AskPlan? plan, int left)
    {
        if (left == 0)
            return "go on with what the variables hold; counting, filtering and sorting are free";
        if (plan is null)
            return Smaller;

        int room = Math.Max(1, left * 4 / 5) / plan.Votes, rows = Math.Min(plan.AskedItems, plan.MostRows);
        if (FindPack(plan, room, rows) is var (fitting, packed))
        {
            return Invariant(
                $"`pack {fitting}` would need {packed * plan.Votes:N0}; or filter first with `grep` or `where`, or take a `sample`");
        }

        int calls = Math.Min(plan.CallsWhenPacked?.Invoke(rows) ?? int.MaxValue, plan.Calls.Count);
        long items = room * (long)plan.AskedItems / calls;
        string pack = calls < plan.Calls.Count ? Invariant($" and `pack {rows}`") : "";
        return items == 0 ? Smaller : Invariant(
            $"`sample {items}` before it{pack} would need {room * plan.Votes:N0}; or filter first with `grep` or `where`");
    }

    /// <summary>
    /// Rows in a call, and calls, where so many calls are enough with <paramref name="most"/> rows in each at most; null where they are
    /// not.
    /// </summary>
    private static (int Pack, int Calls)? FindPack(AskPlan plan, int room, int most)
    {
        if (plan.CallsWhenPacked is not { } callsWhenPacked || room < 1 || callsWhenPacked(most) is var fewest && fewest > room)
            return null;

        for (int pack = Math.Max(2, (plan.AskedItems + room - 1) / room); pack < most; pack += Math.Max(1, pack / 4))
        {
            if (callsWhenPacked(pack) is var calls && calls <= room)
                return (pack, calls);
        }

        return (most, fewest);
    }
}
