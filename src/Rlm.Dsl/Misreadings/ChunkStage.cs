using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing.Synonyms;

namespace Rlm.Dsl.Misreadings;

/// <summary>A <c>chunk</c> as it was written.</summary>
internal sealed class ChunkStage
{
    private static readonly Regex OverlapForm = new(@"overlap\s*=?\s*(?<n>\d\w*)", RegexOptions.CultureInvariant);

    private readonly string _text;
    private readonly string[] _words;

    private ChunkStage(FailurePlace place)
    {
        _text = place.Head is { } head ? place.LineFrom(head.Span.End).Split('|')[0] : "";
        _words = [.. _text.Split([' ', '=', ':', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries)];
        Number = _words.FirstOrDefault(word => char.IsDigit(word[0])) ?? "50";
        Unit = _words.Select(UnitSynonyms.Canonical).FirstOrDefault(word => word is not null);
    }

    /// <summary>The first number, or the one that stands in examples.</summary>
    public string Number { get; }

    public bool HasNumber => _text.Any(char.IsDigit);

    public string? Unit { get; }

    public bool IsInto => _words.Contains("into");

    /// <summary>The stage that cuts into such pieces, where <c>by</c> stands before them.</summary>
    public string? Pieces => _words.Contains("by") && !HasNumber
        ? _words.Select(word => word.TrimEnd('s') + "s").FirstOrDefault(word => word is "lines" or "paragraphs" or "sentences" or "words")
        : null;

    public string? Overlap => OverlapForm.Match(_text) is { Success: true } overlap ? overlap.Groups["n"].Value : null;

    /// <summary>Whether something stands before the number.</summary>
    public bool IsTurned => HasNumber && _words.Length > 0
        && (_words[0] is "size" or "every" or "of" or "each" or "per" or "in" or "by" || (Unit is not null && UnitSynonyms.Canonical(_words[0]) == Unit));

    public static ChunkStage Of(FailurePlace place) => new(place);
}
