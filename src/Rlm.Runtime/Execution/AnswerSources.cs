using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Where an answer comes from, as far as its values are slices of texts, or cite them.</summary>
internal static class AnswerSources
{
    private const int MaxCitations = 100, MaxQuoteBytes = 2_000;

    public static IReadOnlyList<TextSlice> Find(Value value)
    {
        IEnumerable<Value> values = value is ListValue list ? list.Items : [value];
        return [.. values.SelectMany(static item => Provenance.PlacesOf(item).Concat(Provenance.CitedIn(item)))
            .Where(static slice => slice.Length > 0).DistinctBy(static slice => slice.Cite)
            .Take(MaxCitations)];
    }

    /// <summary>The lines that a slice stands in; of long ones a stretch that begins with the slice or shortly before it.</summary>
    public static string Quote(TextSlice slice)
    {
        var source = slice.Source;
        long least = Math.Max(0, slice.Start - MaxQuoteBytes / 4), before = source.LastIndexOf((byte)'\n', least, slice.Start);
        long start = before >= 0 ? before + 1 : least == 0 ? 0 : slice.Start, most = Math.Min(source.LengthBytes, start + MaxQuoteBytes);
        long lineEnd = source.IndexOf("\n"u8, Math.Min(most, Math.Max(start, slice.End - 1)), most);
        bool isCut = lineEnd < 0 && most < source.LengthBytes;
        long end = lineEnd >= 0 ? lineEnd : isCut ? source.CodePointStart(most, start) : most;
        return source.Decode(start, end - start).TrimEnd('\r') + (isCut ? "…" : "");
    }
}
