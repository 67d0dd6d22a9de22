using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Where an answer comes from, as far as its values are slices of texts.</summary>
internal static class AnswerSources
{
    private const int MaxCitations = 100;

    public static IReadOnlyList<string> Of(Value value)
    {
        IEnumerable<Value> values = value is ListValue list ? list.Items : [value];
        return [.. values.Select(Provenance.SliceOf).Where(slice => slice is { Length: > 0 }).Select(slice => slice!.Value.Cite).Distinct()
            .Take(MaxCitations)];
    }
}
