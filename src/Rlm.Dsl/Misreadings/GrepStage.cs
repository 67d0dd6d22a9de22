using System.Text.RegularExpressions;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings;

/// <summary>A <c>grep</c> as it was written, in the form of a shell or of another language's call.</summary>
internal sealed class GrepStage
{
    private static readonly Regex AnyRegex = new(@"/[^/\n]+/\w*", RegexOptions.CultureInvariant);

    private GrepStage(FailurePlace place)
    {
        Text = place.Head is { } head ? place.LineFrom(head.Span.End).Trim() : "";
        Quoted = [.. Excerpt.Quoted.Matches(Text).Cast<Match>().Select(item => item.Value.Trim('"', '\''))];
        HasOption = place.Word is "ignorecase" or "ignore_case" or "case" or "i" or "insensitive" or "nocase";
        string bare = new([.. Text.Split('|')[0].Where(c => c is not ('"' or '\'')).SkipWhile(c => c == ' ')]);
        Words = bare.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        Pattern = Quoted.Count > 0 ? $"\"{Quoted[0]}\""
            : AnyRegex.Match(Text) is { Success: true } regex ? regex.Value
            : Words.FirstOrDefault(word => Names.IsWordStart(word[0]) && word is not ("not" or "text" or "ignore" or "case")) is { } name ? $"\"{name}\"" : null;
    }

    /// <summary>The line behind <c>grep</c>.</summary>
    public string Text { get; }

    /// <summary>The texts in quotes.</summary>
    public IReadOnlyList<string> Quoted { get; }

    /// <summary>Whether an option stands where it does not fit.</summary>
    public bool HasOption { get; }

    /// <summary>The stage's words without quotes.</summary>
    public string[] Words { get; }

    /// <summary>What is looked for, as it is to be written; null where nothing is.</summary>
    public string? Pattern { get; }

    public static GrepStage? Of(FailurePlace place) => place.IsAtEnd ? null : new GrepStage(place);

    /// <summary>The pattern with the option that stands at the place.</summary>
    public string WithOption(FailurePlace place) => string.Concat(
        place.Word == "r" ? Excerpt.WriteSlashed(Pattern!.Trim('"')) : Pattern,
        HasOption ? " ignore case" : "",
        place.Word is "not" or "!" ? " not" : "");
}
