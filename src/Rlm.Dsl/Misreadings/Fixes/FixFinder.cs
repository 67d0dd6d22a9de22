using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings.Fixes;

/// <summary>
/// Makes the change of a help that says just what to write: a form of the program's own words, put in the place of the statement, the stage or
/// the marked text. It is given only where no word of the place gets lost or comes from elsewhere, and the program then has fewer errors.
/// </summary>
internal static class FixFinder
{
    private const int MaxLengthChars = 2_000;
    private const int MaxDiagnostics = 8;
    private const int MaxPieces = 8;
    private const int MaxCandidates = 40;

    private static readonly Regex Exact = new("^write (?:`(?<form>[^`…]+)`|`` (?<form>[^…]+) ``)$", RegexOptions.CultureInvariant);
    private static readonly Regex Token = new(@"[A-Za-z_]\w*|\d+", RegexOptions.CultureInvariant);

    private static readonly Regex Piece = new(@"""[^""\n]*""|/[^/\n]+/\w*|\w+|[^\w\s]", RegexOptions.CultureInvariant);

    /// <summary>Words of the language that change what a stage does, so that a form without them means something else: those of options, and operands.</summary>
    private static readonly HashSet<string> TellingWords =
        new(OperatorForms.OptionWords.Concat(Names.OfItem).Concat([Variable, "distinct", "if"]), StringComparer.Ordinal);

    /// <summary>What most programs are about: the name of a host's text.</summary>
    private const string Variable = "context";

    private static readonly HashSet<string> LanguageWords = new(
        OperatorForms.Keywords.Concat(Names.Reserved).Concat(Names.OfItem).Concat(FunctionCatalog.All.Select(function => function.Name))
            .Concat(Lexemes.RelationWords).Concat(TypeGrammar.Words).Append(Variable),
        StringComparer.Ordinal);

    /// <summary>The diagnostics, those with a change that was tried.</summary>
    /// <param name="source">The program.</param>
    /// <param name="diagnostics">What was found in it.</param>
    /// <param name="compile">What is found in another program over the same variables.</param>
    public static IReadOnlyList<Diagnostic> AddFixes(SourceText source, IReadOnlyList<Diagnostic> diagnostics, Func<string, IReadOnlyList<Diagnostic>> compile)
    {
        if (source.Content.Length > MaxLengthChars || diagnostics.Count > MaxDiagnostics)
            return diagnostics;

        var told = new List<Diagnostic>();
        var behind = new List<Diagnostic>();
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic is not { Fix: null, Severity: DiagnosticSeverity.Error } || Exact.Match(diagnostic.Help ?? "") is not { Success: true } help)
            {
                told.Add(diagnostic);
                continue;
            }

            var tried = Candidates(source.Content, diagnostic.Span, help.Groups["form"].Value)
                .Where(fix => KeepsWords(source.Content, diagnostic.Span, fix))
                .Select(fix => (Fix: fix, Errors: ErrorsOf(compile(fix.Apply(source.Content))))).Take(MaxCandidates).ToList();
            var mended = tried.FirstOrDefault(candidate => IsMended(diagnostics, candidate.Errors)).Fix;
            told.Add(diagnostic with { Fix = mended });
            if (mended is null && diagnostics.All(other => other == diagnostic || source.PositionOf(other.Span.Start).Line != source.PositionOf(diagnostic.Span.Start).Line))
                behind.AddRange(tried.Select(candidate => FindBehind(source.Content, diagnostics, candidate.Fix, candidate.Errors)).FirstOrDefault(found => found.Count > 0) ?? []);
        }

        return behind.Count == 0 ? told : [.. told.Concat(behind).Distinct().OrderBy(diagnostic => diagnostic.Span.Start)];
    }

    private static List<Diagnostic> ErrorsOf(IReadOnlyList<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>Whether a change leaves fewer errors, and none that was not there.</summary>
    private static bool IsMended(IReadOnlyList<Diagnostic> before, List<Diagnostic> after) =>
        after.Count < ErrorsOf(before).Count && after.All(error => before.Any(known => known.Message == error.Message));

    /// <summary>
    /// The errors that a change brings to light behind it, where all up to its end is right then: they were hidden by the one that it mends. A change in
    /// the wrong place leaves words over, of which nothing is told.
    /// </summary>
    private static List<Diagnostic> FindBehind(string text, IReadOnlyList<Diagnostic> before, DiagnosticFix fix, List<Diagnostic> after)
    {
        int shift = fix.Text.Length - fix.Span.Length, end = fix.Span.End + shift;
        var found = after.Where(error => before.All(known => known.Message != error.Message)).ToList();
        bool isLeftOver = WordsOf(fix.Text).LastOrDefault()?.Value is { } last && WordsOf(text.Substring(fix.Span.End)).FirstOrDefault()?.Value == last;
        return isLeftOver || after.Count > ErrorsOf(before).Count || found.Any(error => error.Span.Start < end) ? []
            : [.. found.Select(error => error with { Span = new SourceSpan(error.Span.Start - shift, error.Span.Length), Fix = null })
                .Where(error => error.Descriptor == DslDiagnostics.Unexpected
                    ? !error.Message.Contains("; expected ")
                    : text.Substring(fix.Span.End, error.Span.Start - fix.Span.End).Trim().Length > 0)];
    }

    /// <summary>
    /// Whether the new text has the words of the old one, those that are marked as wrong and options of one letter aside, and no others: a form with
    /// other names, numbers or texts is an example.
    /// </summary>
    private static bool KeepsWords(string text, SourceSpan marked, DiagnosticFix fix)
    {
        string replaced = text.Substring(fix.Span.Start, fix.Span.Length);
        var written = WordsOf(fix.Text).Select(token => token.Value).ToList();
        return written.All(word => LanguageWords.Contains(word) || replaced.Contains(word))
            && WordsOf(replaced).All(token => written.Contains(token.Value)
                || (token.Index + fix.Span.Start >= marked.Start && token.Index + fix.Span.Start < marked.End)
                || (LanguageWords.Contains(token.Value) ? !TellingWords.Contains(token.Value) : IsFlag(replaced, token)));
    }

    // `-i`, and what opens a raw string.
    private static bool IsFlag(string text, Match token)
    {
        if (token.Length != 1 || !char.IsLetter(token.Value[0]))
            return false;

        bool opensString = token.Index + 1 < text.Length && text[token.Index + 1] == '"';
        return token.Index == 0 ? opensString : text[token.Index - 1] == '-' || (opensString && text[token.Index - 1] != '"');
    }

    private static IEnumerable<Match> WordsOf(string text) => Token.Matches(text).Cast<Match>();

    private static IEnumerable<DiagnosticFix> Candidates(string text, SourceSpan span, string form)
    {
        int statement = StatementStart(text, span.Start);
        var scan = StatementScan.Of(text, statement, span.Start);
        int stage = SkipBlanks(text, scan.StageStart);
        string first = FirstWord(form);
        if (form[0] == '|')
        {
            string own = form.Substring(1).TrimStart();
            // What the form has behind its word may stand there already.
            string word = FirstWord(own), rest = own.Substring(word.Length).Trim();
            if (rest.Length > 0 && text.Substring(span.End).TrimStart().StartsWith(rest, StringComparison.Ordinal))
                yield return new DiagnosticFix(span, word);
            if (FirstWord(own) != FirstWord(text.Substring(stage)))
                yield return ToStageEnd(text, span.Start, $"| {own}");
            if (scan.FollowsPipe)
                yield return ToStageEnd(text, stage, own);
            yield break;
        }

        bool isPipeline = StatementScan.Of(form, 0, form.Length).FollowsPipe;
        if (first is "let" or "answer" or "assert" || (isPipeline && span.Start == statement) || (isPipeline && stage == statement && scan.Open == '\0' && first == FirstWord(text.Substring(statement))))
            yield return ToStatementEnd(text, statement, form);

        bool isStage = OperatorForms.Of(first).Count > 0;
        if (isStage && stage <= span.Start)
            yield return ToStageEnd(text, stage, form);
        if (!isStage || first == FirstWord(text.Substring(Math.Min(span.Start, text.Length))))
        {
            yield return new DiagnosticFix(span, form);
            yield return ToStageEnd(text, span.Start, form);
        }

        // Operands stand on both sides of what is marked; a form of several stages stands for a whole statement.
        int statementEnd = Layout.SkipToNextStatement(text, statement, Layout.CommonIndentation(text));
        var pieces = Piece.Matches(text.Substring(statement, statementEnd - statement)).Cast<Match>()
            .Select(piece => new SourceSpan(statement + piece.Index, piece.Length)).ToList();
        var starts = pieces.Where(piece => piece.Start <= span.Start && (!isPipeline || piece.Start == statement)).Select(piece => piece.Start);
        foreach (int from in starts.Reverse().Take(MaxPieces))
        {
            foreach (int to in pieces.Where(piece => piece.End >= span.End).Select(piece => piece.End).Take(MaxPieces))
                yield return new DiagnosticFix(SourceSpan.Between(from, to), form);
        }
    }

    private static DiagnosticFix ToStatementEnd(string text, int start, string form)
    {
        int end = Layout.SkipToNextStatement(text, start, Layout.CommonIndentation(text));
        return Replace(text, start, end, form);
    }

    private static DiagnosticFix ToStageEnd(string text, int start, string form)
    {
        int statementEnd = Layout.SkipToNextStatement(text, start, Layout.CommonIndentation(text)), end = start;
        while (end < statementEnd && !(text[end] is '|' or ')' or ']' or '}' or ';' or '#' && end > start && StatementScan.Of(text, start, end).Open == '\0'))
            end++;
        return Replace(text, start, end, form);
    }

    private static DiagnosticFix Replace(string text, int start, int end, string form)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return new DiagnosticFix(SourceSpan.Between(start, end), form);
    }

    private static int StatementStart(string text, int position)
    {
        int start = Layout.SkipToStatement(text, 0), indentation = Layout.CommonIndentation(text);
        while (Layout.SkipToNextStatement(text, start, indentation) is var next && next <= position && next < text.Length)
            start = next;
        return start;
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '>'))
            position++;
        return position;
    }

    private static string FirstWord(string text) => Names.Word(text, 0) is var end and > 0 ? text.Substring(0, end) : "";
}
