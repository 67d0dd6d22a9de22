using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Execution;

/// <summary>Texts of a variable with the same doubt.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Kind">What tells the doubt from another one.</param>
/// <param name="Sources">Those of its texts that have it.</param>
internal sealed record DoubtfulTexts(RlmVariable Variable, string Kind, IReadOnlyList<TextSource> Sources)
{
    private const int MostNamed = 3;

    public string Verb => Sources.Count == 1 ? "is" : "are";

    public string Which => Variable.Sources.Count == 1
        ? $"`{Sources[0].Name}`"
        : $"{Amount.Of(Sources.Count)} of the {Amount.Of(Variable.Sources.Count, "text")} of `{Variable.Name}`, such as `{Sources[0].Name}`,";

    /// <summary>
    /// That they are not UTF-8, where, and how they are read. An encoding is for all texts of a context, so that a few of them are named.
    /// </summary>
    public string DescribeEncoding(string option)
    {
        string places = DescribeFaults();
        if (Kind == EncodingGuess.DamagedUtf8)
            return $"{Which} {Verb} UTF-8 with bytes that are not{places}; they are read as \uFFFD";

        string names = string.Join(", ", Sources.Take(MostNamed).Select(source => $"`{source.Name}`"));
        string which = Sources.Count == Variable.Sources.Count ? ""
            : $" {names}{(Sources.Count > MostNamed ? ", …" : "")}, as a context of {(Sources.Count == 1 ? "its" : "their")} own,";
        return $"{Which} {Verb} not UTF-8{places} and look{(Sources.Count == 1 ? "s" : "")} like {Kind}: letters that are not ASCII are neither found nor compared; read{which} with `{option} {Kind}`";
    }

    private string DescribeFaults()
    {
        long count = Sources.Sum(source => (long)source.Faults.Count);
        if (count == 0)
            return "";

        string more = Sources.Any(source => source.Faults.Count == Utf8Faults.Most) ? " or more" : "";
        return $" in {Amount.Of(count, "place")}{more}{DescribeLine(Sources.First(source => source.Faults.Count > 0))}";
    }

    private string DescribeLine(TextSource source)
    {
        try
        {
            return $" (first in line {Amount.Of(source.FaultLine!.Value)}{(Sources.Count == 1 ? "" : $" of `{source.Name}`")})";
        }
        catch (TextException)
        {
            // It cannot be read any more, and has said so to who reads it.
            return "";
        }
    }
}
