using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Where an answer comes from, as far as its values are slices of texts, or cite them.</summary>
internal static class AnswerSources
{
    private const int MaxCitations = 100;

    public static IReadOnlyList<string> Of(Value value)
    {
        IEnumerable<Value> values = value is ListValue list ? list.Items : [value];
        return [.. values.SelectMany(item => Provenance.SliceOf(item) is { Length: > 0 } slice ? Provenance.CitedIn(item).Prepend(slice) : Provenance.CitedIn(item))
            .Select(slice => slice.Cite).Distinct()
            .Take(MaxCitations)];
    }
}
