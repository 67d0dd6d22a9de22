using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>Folds two lists of one length, whose items are taken in pairs.</summary>
internal static class PairedLists
{
    public static Value Fold(FunctionCall call)
    {
        if (call.Value(0) is not ListValue first || call.Value(1) is not ListValue second)
            return NoneValue.Instance;

        IReadOnlyList<Value> left = first.ReadAll(), right = second.ReadAll();
        if (left.Count != right.Count)
            throw call.Error(Invariant($"`{call.Name}` takes two lists of one length, and these have {left.Count} and {right.Count} items"), "write `correlation(FIELD, FIELD)` over rows");

        var fold = FoldTable.Create(call.Name, false, null, call.Call.Span);
        for (int i = 0; i < left.Count; i++)
            fold.Add(ListValue.Of([left[i], right[i]]));
        return fold.Finish(call.Call, call.Evaluation);
    }
}
