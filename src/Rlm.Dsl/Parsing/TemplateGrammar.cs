using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Formats;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>Strings with their holes.</summary>
internal sealed class TemplateGrammar(ProgramGrammar level)
{
    private const string TripleQuote = "\"\"\"";

    /// <summary>A hole in two braces that holds more than a name, which no text does.</summary>
    private static Regex DoubledExpression => field ??= new(
        @"\G\{\{\s*[A-Za-z_][\w.]*\s*(?:\|[^{}""\n]*|\([^{}""\n]*\)[^{}""\n]*|:[.,\d]*[\w%])\}\}", RegexOptions.CultureInvariant);

    // `{', '.join(names)}`, as Python's strings have it.
    private static Regex MethodOfText => field ??= new(
        "\\G(?:'[^'{}\\n]*'|\\\\\"[^\"{}\\n]*\\\\\")\\.[A-Za-z_]\\w*\\(", RegexOptions.CultureInvariant);

    private readonly Tokens _tokens = level.Tokens;

    /// <summary>A string: <c>"…"</c> with escapes, <c>"""…"""</c> without, both with holes. Single quotes are understood.</summary>
    public Parser<TemplateSyntax> Template => field ??= input =>
    {
        var at = (ProgramInput)input;
        string source = at.Source;
        int prefix = PrefixLength(source, at.Position), opening = at.Position + prefix;
        // In a hole of a string, models write the quotes of another one with a backslash.
        bool isEscaped = prefix == 0 && opening + 1 < source.Length && source[opening] == '\\' && source[opening + 1] is '"' or '\'';
        if (isEscaped)
            opening++;
        if (!at.State.Step(at.Position) || opening >= source.Length || ClosingQuotes(source[opening]) is not { } closing)
            return Tokens.Reject<TemplateSyntax>(at, "a string");

        bool isTriple = !isEscaped && string.CompareOrdinal(source, opening, TripleQuote, 0, 3) == 0;
        string quote = isEscaped ? source.Substring(opening - 1, 2) : isTriple ? TripleQuote : source[opening].ToString();
        var parts = new List<TemplatePartSyntax>();
        var text = new StringBuilder();
        int position = opening + (isTriple ? quote.Length : 1), textStart = position;
        while (position < source.Length && (quote.Length > 1 ? string.CompareOrdinal(source, position, quote, 0, quote.Length) != 0 : closing.IndexOf(source[position]) < 0))
        {
            char c = source[position];
            char next = position + 1 < source.Length ? source[position + 1] : '\0';
            if (c == '\\' && !isTriple && Unescape(next) is { } escaped)
            {
                text.Append(escaped);
                position += 2;
            }
            else if (c == '{' && next == '{' && DoubledExpression.Match(source, position) is { Success: true } doubled && Hole(at, position + 1) is { WasSuccessful: true } inner
                && ((ProgramInput)inner.Remainder).TokenEnd == position + doubled.Length - 1)
            {
                AddText(parts, text, textStart, position);
                parts.Add(inner.Value with { IsDoubled = true });
                position = textStart = position + doubled.Length;
            }
            else if (c == '{' && next == '{')
            {
                text.Append('{');
                position += 2;
            }
            else if (c == '}' && next == '}' && prefix > 0)
            {
                text.Append('}');
                position += 2;
            }
            else if (c == '{' && OpensHole(source, position + 1))
            {
                AddText(parts, text, textStart, position);
                var hole = Hole(at, position);
                if (!hole.WasSuccessful)
                    return ParseResult.Failure<TemplateSyntax>(hole.Remainder);

                position = textStart = ((ProgramInput)hole.Remainder).TokenEnd;
                parts.Add(hole.Value);
            }
            else
            {
                text.Append(c);
                position++;
            }
        }

        if (position >= source.Length)
        {
            at.State.Fail(new Diagnostic(DslDiagnostics.UnclosedString, new SourceSpan(isEscaped ? opening - 1 : opening, quote.Length),
                $"this `{quote}` opens a string that does not end", $"close it with `{quote}`, and write a quote in it as `\\\"`"));
            return Tokens.Reject<TemplateSyntax>(at);
        }

        AddText(parts, text, textStart, position);
        int end = position + quote.Length;
        return _tokens.Accept(at, end, new TemplateSyntax(SourceSpan.Between(at.Position, end), parts));
    };

    /// <summary>The length of what other languages write before a string that has holes: <c>f"…"</c> and <c>$"…"</c>.</summary>
    public static int PrefixLength(string source, int position) =>
        position + 1 < source.Length && source[position] is 'f' or 'F' or '$' && source[position + 1] is '"' or '\'' ? 1 : 0;

    /// <summary>The quotes that close a string; null where none opens. Word processors and chats make quotes typographic.</summary>
    private static string? ClosingQuotes(char open) => open switch
    {
        '"' or '\'' => open.ToString(),
        '“' or '”' or '„' => "“”",
        '«' => "»",
        _ => null,
    };

    /// <summary>Whether a brace opens a hole, by what stands behind it; blanks are allowed around nothing but a name.</summary>
    public static bool OpensHole(string source, int position)
    {
        if (position >= source.Length)
            return false;
        if (source[position] == ' ')
            return IsNameInBlanks(source, position);
        if (source[position] is >= '0' and <= '9')
            return IsOperand(source, position);

        if (source[position] is '\'' or '\\' && MethodOfText.IsMatch(source, position))
            return true;

        int start = source[position] == '-' && position + 1 < source.Length ? position + 1 : position;
        return Names.IsWordStart(source[start]) || source[start] is '(' or '$' || Names.ReadQuotedName(source, start) > 0;
    }

    // `{100 * part / all}`; figures alone are text, as those of a regex or of JSON are.
    private static bool IsOperand(string source, int position)
    {
        while (position < source.Length && source[position] is >= '0' and <= '9' or '.' or '_')
            position++;
        while (position < source.Length && source[position] == ' ')
            position++;
        return position < source.Length && source[position] is '*' or '/' or '+' or '-' or '%';
    }

    // `{ total }` and `{ row.total:.2f }`, as Python allows them.
    private static bool IsNameInBlanks(string source, int position)
    {
        while (position < source.Length && source[position] == ' ')
            position++;
        int start = position;
        while (position < source.Length && (Names.IsWordStart(source[position]) || source[position] is >= '0' and <= '9' or '.'))
            position++;
        if (position == start || !Names.IsWordStart(source[start]))
            return false;
        if (position < source.Length && source[position] == ':')
            position = source.IndexOf('}', position);
        while (position >= 0 && position < source.Length && source[position] == ' ')
            position++;
        return position >= 0 && position < source.Length && source[position] == '}';
    }

    private static IResult<TemplatePartSyntax> Hole(ProgramInput at, int open)
    {
        var inside = ProgramGrammar.BracketLevel.Tokens.Accept(at, open + 1, open).Remainder;
        var pipeline = ProgramGrammar.BracketLevel.Pipeline(inside);
        if ((!pipeline.WasSuccessful || ((ProgramInput)pipeline.Remainder).AtEnd || ((ProgramInput)pipeline.Remainder).Current != '}')
            && NameOfWords(at.Source, open + 1) is { } name)
        {
            var heading = new TemplatePartSyntax(name.Span, "", new PipelineSyntax(name.Span, name, []));
            return ParseResult.Success(heading, ((ProgramInput)inside).After(name.Span.End + 1, name.Span.End + 1));
        }

        if (!pipeline.WasSuccessful)
            return ParseResult.Failure<TemplatePartSyntax>(pipeline.Remainder);

        var part = new TemplatePartSyntax(pipeline.Value.Span, "", pipeline.Value);
        var close = (ProgramInput)pipeline.Remainder;
        if (!close.AtEnd && close.Current == '}')
            return ParseResult.Success(part, close.After(close.Position + 1, close.Position + 1));

        if (!close.AtEnd && close.Current == ':')
        {
            int start = close.Position + 1, end = at.Source.IndexOf('}', start);
            string format = end < 0 ? "" : at.Source.Substring(start, end - start);
            if (FormatRules.IsKnown(format) || HoleTypes.Find(format) is not null)
                return ParseResult.Success(
                    part with { Format = new LiteralSyntax(SourceSpan.Between(start, end), format) }, close.After(end + 1, end + 1));

            at.State.Fail(new Diagnostic(DslDiagnostics.FormatInHole, new SourceSpan(close.Position, 1),
                "a hole holds a pipeline, and behind a `:` the format of a number or date",
                HelpForFormat(at.Source, open + 1, close.Position)));
        }

        return Tokens.Reject<TemplatePartSyntax>(close, "`}`");
    }

    /// <summary>A hole of several words that are nothing else: the heading of a column, which needs no backticks there.</summary>
    private static NameSyntax? NameOfWords(string source, int start)
    {
        int end = source.IndexOfAny(['}', '\n', '"'], start);
        if (end < 0 || source[end] != '}')
            return null;

        string name = source.Substring(start, end - start);
        string[] words = name.Split(' ');
        return words.Length > 1 && words.All(static word => word.Length > 0 && Names.Word(word, 0) == word.Length && !Names.Reserved.Contains(word))
            && !OperatorForms.Of(words[1]).Any(static form => form.IsComplete) && Operators.FunctionCatalog.Find(words[1]) is null
            ? new NameSyntax(SourceSpan.Between(start, end), name)
            : null;
    }

    private static string HelpForFormat(string source, int start, int colon)
    {
        string value = source.Substring(start, colon - start).Trim();
        string format = source.Substring(colon + 1, Math.Min(8, source.Length - colon - 1)).Split('}')[0];
        int digit = format.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], Math.Max(0, format.IndexOf('.')));
        string function = format.Contains('%') || format is "P" or "p" ? "percent" : "round";
        bool isFormat = format.Length > 0
            && (format[0] is '.' or ',' or '%' or '>' or '<' or '0' || digit > 0 || format is "P" or "p" or "d");
        string type = source.Substring(colon + 1, Math.Min(20, source.Length - colon - 1)).Split('}')[0].Trim();
        if (Types.RlmType.FindNamed(TypeSynonyms.Canonical(type)) is not null)
            return $"types follow the template: `extract \"{{{value}}} …\" as {{{value}: {TypeSynonyms.Canonical(type)}}}`";
        if (format is ['>' or '<', ..])
            return $"texts are not padded: write `{{{value}}}`";
        return isFormat
            ? $"write `{{{function}({value}, {(digit < 0 ? '0' : format[digit])})}}`, or a format such as `{{{value}:.2f}}`, `{{{value}:#,##0}}` or `{{{value}:yyyy-MM-dd}}`"
            : $"a brace that is not a hole is written `{{{{`: \"{{{{{value}: …}}\"";
    }

    private static void AddText(List<TemplatePartSyntax> parts, StringBuilder text, int start, int end)
    {
        if (text.Length > 0)
            parts.Add(new TemplatePartSyntax(SourceSpan.Between(start, end), text.ToString(), null));
        text.Clear();
    }

    private static char? Unescape(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        '"' or '\\' or '\'' => c,
        _ => null,
    };
}
