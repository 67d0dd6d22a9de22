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
        return [.. values.SelectMany(static item => Provenance.PlacesOf(item).Concat(Provenance.CitedIn(item)))
            .Where(static slice => slice.Length > 0).Select(static slice => slice.Cite).Distinct()
            .Take(MaxCitations)];
    }
}
