using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings;

/// <summary>
/// A reserved word that was written for a field of that name. It is told so only where the statement parses with the word in backticks, since
/// elsewhere something else is missing.
/// </summary>
internal static class ReservedName
{
    private const int MaxWords = 4;
    private const int MaxLengthChars = 2_000;

    /// <summary>The last word that opens a condition, or right before a sign what no operand is.</summary>
    private static readonly Regex Opening = new(@"\b(?<word>(?:if|not)\b|\w+(?=\s*[=<>!+*/%-]$))", RegexOptions.RightToLeft | RegexOptions.CultureInvariant);

    public static Diagnostic? Of(FailurePlace place)
    {
        if (place.Text.Length > MaxLengthChars || place.Preceding == "let" || WordsAt(place).Where(word => Parses(place.Text, place.StatementStart, word, MaxWords)).Take(1).ToList() is not [var span])
            return null;

        string word = place.Source.TextAt(span);
        return new Diagnostic(DslDiagnostics.Unexpected, span, $"`{word}` is a word of the language", $"a field of that name stands in backticks: write ``{word}``")
        {
            Fix = Quote(place.Text, span),
        };
    }

    /// <summary>A reserved word that a <c>let</c> is to define: what stands for it further on is the same mistake, and changed with it.</summary>
    public static Diagnostic? OfLet(FailurePlace place)
    {
        if (place.FirstWord != "let" || place.Preceding != "let" || !Names.Reserved.Contains(place.Word))
            return null;

        string other = $"{place.Word}_value", rest = place.Text.Substring(place.Position);
        var told = new Diagnostic(DslDiagnostics.Unexpected, place.Span, $"`{place.Word}` is a word of the language, and no `let` can have it for its name",
            $"choose another name, such as `{other}`");
        return place.Text.Length > MaxLengthChars ? told : told with
        {
            Fix = new DiagnosticFix(SourceSpan.Between(place.Position, place.Text.Length), RenameUses(rest, place.Word, other)),
        };
    }

    /// <summary>Whether a place fails only since the <c>let</c> of its reserved word has failed before.</summary>
    public static bool FollowsLet(FailurePlace place) => place.Text.Length <= MaxLengthChars && place.Preceding != "let"
        && new[] { place.Word, place.Preceding }.Any(word => Names.Reserved.Contains(word)
            && Regex.Match(place.Text, $@"(?m)^\s*let\s+{word}\s*[:=]", RegexOptions.CultureInvariant) is { Success: true } let && let.Index < place.StatementStart);

    // The word is a name where `let`, `answer`, `=`, a bracket, a hole or a comma stands before it, and a sign, a pipe or an end behind.
    private static string RenameUses(string text, string word, string other) => Regex.Replace(text,
        $@"(?<=^|\b(?:answer|assert|in|and|or|not)\s+|[=(\[{{,<>+*/-]\s*|\n\s*){word}(?=\s*(?:[|=)\]}},;.<>+*/\[-]|$|\n))", other, RegexOptions.CultureInvariant);

    /// <summary>The reserved word at the place, and the one before it that may have been taken for more than a name; none that opens the statement.</summary>
    private static IEnumerable<SourceSpan> WordsAt(FailurePlace place)
    {
        if (Names.Reserved.Contains(place.Word) && place.Position > place.StatementStart)
            yield return place.Span;

        string statement = place.Text.Substring(place.StatementStart, Math.Min(place.Position, place.Text.Length) - place.StatementStart);
        foreach (var before in Opening.Matches(statement).Cast<Match>().Take(MaxWords))
        {
            if (before.Index > 0 && Names.Reserved.Contains(before.Groups["word"].Value))
                yield return new SourceSpan(place.StatementStart + before.Index, before.Groups["word"].Length);
        }
    }

    private static bool Parses(string text, int statementStart, SourceSpan word, int words)
    {
        text = Quote(text, word).Apply(text);
        if (StatementReader.Read(text, statementStart, new ParseState(text)).Failure is not { } failure)
            return true;

        var place = new FailurePlace(new SourceText(text), statementStart, failure.Position, failure.Expected);
        return words > 1 && failure.Fatal is null && WordsAt(place).Any(next => next.Start > word.End && Parses(text, statementStart, next, words - 1));
    }

    private static DiagnosticFix Quote(string text, SourceSpan word) => new(word, $"`{text.Substring(word.Start, word.Length)}`");
}
