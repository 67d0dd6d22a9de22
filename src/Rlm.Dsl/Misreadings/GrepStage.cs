using System.Text.RegularExpressions;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings;

/// <summary>A <c>grep</c> as it was written, in the form of a shell or of another language's call.</summary>
internal sealed class GrepStage
{
    // Has signs and no blanks; what begins as a string, regex, call or option is none.
    private static readonly Regex BareText = new(
        @"^(?<text>(?![-(]|/.*/)(?=\w*[^\w\s])[^\s""']+)(?<options>(?: +(?:not|ignore case|(?:before|after|around) \d+))*)$", RegexOptions.CultureInvariant);

    private static readonly Regex RegexSign = new(@"^\^|\$$|[\\*+?]|\[[^\]]*[-^][^\]]*\]", RegexOptions.CultureInvariant);

    private static readonly Regex AnyRegex = new(@"/[^/\n]+/\w*", RegexOptions.CultureInvariant);

    private GrepStage(FailurePlace place)
    {
        Text = place.Head is { } head ? place.LineFrom(head.Span.End).Trim() : "";
        Quoted = [.. Excerpt.Quoted.Matches(Text).Cast<Match>().Select(item => item.Value.Trim('"', '\''))];
        IsFlag = place.Before is ['-', ..] || place.Word is "-" or "ignorecase" or "ignore_case" or "case" or "i" or "insensitive" or "nocase";
        Bare = BareText.Match(Text.Split('|')[0].Trim()) is { Success: true, Groups: var bareText } && bareText["text"].Value is var sought
            ? (RegexSign.IsMatch(sought) ? Excerpt.WriteSlashed(sought) : $"\"{sought}\"") + bareText["options"].Value
            : null;
        string bare = new([.. Text.Split('|')[0].Where(c => c is not ('"' or '\'')).SkipWhile(c => c == ' ')]);
        Words = bare.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        Pattern = Quoted.Count > 0 ? $"\"{Quoted[0]}\""
            : AnyRegex.Match(Text) is { Success: true } regex ? regex.Value
            : Words.FirstOrDefault(word => Names.IsWordStart(word[0]) && word is not ("not" or "text" or "ignore" or "case")) is { } name ? $"\"{name}\"" : null;
    }

    /// <summary>The line behind <c>grep</c>.</summary>
    public string Text { get; }

    /// <summary>The stage's one pattern that stands without quotes, as it is to be written; null where there is none.</summary>
    public string? Bare { get; }

    /// <summary>The texts in quotes.</summary>
    public IReadOnlyList<string> Quoted { get; }

    /// <summary>Whether an option stands where it does not fit.</summary>
    public bool IsFlag { get; }

    /// <summary>The stage's words without quotes.</summary>
    public string[] Words { get; }

    /// <summary>What is looked for, as it is to be written; null where nothing is.</summary>
    public string? Pattern { get; }

    public static GrepStage? Of(FailurePlace place) => place.IsAtEnd ? null : new GrepStage(place);

    /// <summary>The pattern with the options that a shell's flags mean.</summary>
    public string WithOptions(FailurePlace place)
    {
        string flags = string.Concat(Words.Where(word => word.Length > 1 && word[0] == '-').Select(word => word.Substring(1)));
        string number = Words.FirstOrDefault(word => word.All(char.IsDigit)) ?? "2";
        string pattern = place.Word == "r" || flags.Contains('E') || flags.Contains('P') ? Excerpt.WriteSlashed(Pattern!.Trim('"')) : Pattern!;
        return string.Concat(
            pattern,
            flags.Contains('i') || (IsFlag && place.Word != "-" && place.Before is not ['-', ..]) ? " ignore case" : "",
            flags.Contains('v') || place.Word is "not" or "!" ? " not" : "",
            flags.Contains('C') ? $" around {number}" : "",
            flags.Contains('B') ? $" before {number}" : "",
            flags.Contains('A') ? $" after {number}" : "",
            flags.Contains('c') ? " | count" : "");
    }
}
