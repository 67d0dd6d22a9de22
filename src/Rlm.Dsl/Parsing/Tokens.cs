using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>The tokens as parsers that also skip the blanks behind them, by one layout.</summary>
internal sealed class Tokens(Layout layout)
{
    private readonly Memo<string, Parser<Lexeme<string>>> _keywords = new(StringComparer.Ordinal);
    private readonly Memo<string, Parser<Lexeme<string>>> _quiet = new(StringComparer.Ordinal);

    /// <summary>Any word, or a name in backticks.</summary>
    public Parser<IdentifierSyntax> Word => field ??= AnyWord("a name", _ => true, mayBeQuoted: true);

    /// <summary>Any word, where what is wanted is told by whoever asks.</summary>
    public Parser<IdentifierSyntax> QuietWord => field ??= AnyWord(null, _ => true);

    /// <summary>A word that is not reserved, or any name in backticks.</summary>
    public Parser<IdentifierSyntax> Name => field ??= AnyWord("a name", word => !Names.Reserved.Contains(word), mayBeQuoted: true, mayBeAsked: true);

    /// <summary>The same, where what is wanted is told by whoever asks.</summary>
    public Parser<IdentifierSyntax> QuietName => field ??= AnyWord(null, word => !Names.Reserved.Contains(word), mayBeQuoted: true, mayBeAsked: true);

    public Parser<ExpressionSyntax> Number => field ??= Scan<ExpressionSyntax>("a number", (source, position) =>
        Lexemes.Number(source, position, out decimal value) is var end and >= 0
            ? (end, new LiteralSyntax(SourceSpan.Between(position, end), value))
            : null);

    public Parser<ExpressionSyntax> Duration => field ??= Scan<ExpressionSyntax>("a duration", (source, position) =>
        Lexemes.Duration(source, position, out var value) is var end and >= 0
            ? (end, new LiteralSyntax(SourceSpan.Between(position, end), value))
            : null);

    public Parser<ExpressionSyntax> Regex => field ??= input =>
    {
        var at = (ProgramInput)input;
        int end = Lexemes.Regex(at.Source, at.Position, out string pattern, out string flags);
        if (end >= 0)
            return Accept<ExpressionSyntax>(at, end, new RegexSyntax(SourceSpan.Between(at.Position, end), pattern, flags));

        if (end == -2)
        {
            at.State.Fail(new Diagnostic(DslDiagnostics.UnclosedRegex, new SourceSpan(at.Position, 1),
                "this `/` opens a regular expression that does not end on its line",
                "close it with `/`, and write a slash in it as `\\/`"));
        }

        return Reject<ExpressionSyntax>(at, "`/regex/`");
    };

    /// <summary>The <c>=</c> of a name's definition; not <c>==</c> or <c>=&gt;</c>.</summary>
    public Parser<Lexeme<string>> Assign => field ??= Definition("`=`");

    /// <summary>The same, where something else may stand.</summary>
    public Parser<Lexeme<string>> QuietAssign => field ??= Definition(null);

    /// <summary>A fixed word or symbol.</summary>
    public Parser<Lexeme<string>> Keyword(string word) =>
        _keywords.TryGetValue(word, out var known) ? known : _keywords.GetOrAdd(word, Symbol(word, $"`{word}`"));

    /// <summary>A symbol that may follow almost anything, and so is not worth telling as wanted.</summary>
    public Parser<Lexeme<string>> Quiet(string symbol) =>
        _quiet.TryGetValue(symbol, out var known) ? known : _quiet.GetOrAdd(symbol, Symbol(symbol, null));

    /// <summary>A symbol that is another one elsewhere, as what it is here.</summary>
    public Parser<Lexeme<string>> Quiet(string symbol, TokenRole role) => _quiet.GetOrAdd($"{role} {symbol}", _ => Symbol(symbol, null, role));

    /// <summary>A comma with something behind it; one before a closing bracket is <see cref="LastComma"/>.</summary>
    public Parser<Lexeme<string>> Comma => field ??= input =>
    {
        var comma = Keyword(",")(input);
        return comma.WasSuccessful && (ProgramInput)comma.Remainder is { AtEnd: false, Current: ')' or ']' or '}' }
            ? Reject<Lexeme<string>>((ProgramInput)input)
            : comma;
    };

    /// <summary>The comma that other languages allow behind the last item.</summary>
    public Parser<string?> LastComma => field ??= Quiet(",").Select(_ => ",").OrNothing();

    /// <summary>A symbol that must touch the token before it.</summary>
    public Parser<Lexeme<string>> Adjacent(string symbol)
    {
        var keyword = Quiet(symbol);
        return input =>
            input is ProgramInput at && at.Position == at.TokenEnd ? keyword(input) : Reject<Lexeme<string>>((ProgramInput)input);
    }

    /// <summary>A stretch that was reported and is passed over.</summary>
    public Parser<SourceSpan> Broken => field ??= input =>
        input is ProgramInput at && at.State.FindBroken(at.Position) is { } span ? Accept(at, span.End, span)
            : Reject<SourceSpan>((ProgramInput)input);

    /// <summary>The pipe, or <c>|&gt;</c>; not <c>||</c>.</summary>
    public Parser<Lexeme<string>> Pipe => field ??= input =>
    {
        var pipe = PipeSign(input);
        var behind = (ProgramInput)pipe.Remainder;
        if (!pipe.WasSuccessful || behind.AtEnd || behind.Current is not ('\n' or '\r'))
            return pipe;

        // The stage may stand on the next line, indented or not.
        int next = Layout.Bracketed.Skip(behind.Source, behind.Position, 0);
        return Layout.StartsStatement(behind.Source, next) ? pipe : ParseResult.Success(pipe.Value, behind.SkipTo(next));
    };

    private Parser<Lexeme<string>> PipeSign => field ??= Scan<Lexeme<string>>("`|`", (source, position) =>
        position < source.Length && source[position] == '|' && (position + 1 == source.Length || source[position + 1] != '|')
            ? (position + (position + 1 < source.Length && source[position + 1] == '>' ? 2 : 1), new Lexeme<string>(
                new SourceSpan(position, 1), "|"))
            : null, TokenRole.Pipe);

    public Parser<Lexeme<BinaryOperator>> Binary => field ??= Scan<Lexeme<BinaryOperator>>(null, (source, position) =>
        Lexemes.Binary(source, position, out var binaryOperator) is var end and >= 0
            ? (end, new Lexeme<BinaryOperator>(SourceSpan.Between(position, end), binaryOperator))
            : null, TokenRole.Binary);

    /// <summary><c>is failed</c> or <c>is not failed</c>.</summary>
    public Parser<Lexeme<UnaryOperator>> FailedTest => field ??= Scan<Lexeme<UnaryOperator>>(null, (source, position) =>
        Lexemes.ReadFailedTest(source, position, out var test) is var end and >= 0
            ? (end, new Lexeme<UnaryOperator>(SourceSpan.Between(position, end), test))
            : null, TokenRole.Binary);

    /// <summary>Success with a value whose text ends at <paramref name="end"/>.</summary>
    public IResult<T> Accept<T>(ProgramInput at, int end, T value, TokenRole role = TokenRole.Plain) =>
        ParseResult.Success(value, at.AfterToken(end, layout.Skip(at.Source, end, at.State.CommonIndentation), role));

    /// <summary>Success with a pipe that was left out.</summary>
    public static IResult<Lexeme<string>> AcceptMissingPipe(ProgramInput at) =>
        ParseResult.Success(new Lexeme<string>(new SourceSpan(at.Position, 0), "|"), at.AfterToken(at.Position, at.Position, TokenRole.Pipe));

    /// <summary>Failure, remembered with what was wanted if that is worth telling.</summary>
    public static IResult<T> Reject<T>(ProgramInput at, string? expected = null)
    {
        if (expected is not null)
            at.State.Expect(at.Position, expected);
        return ParseResult.Failure<T>(at);
    }

    private Parser<IdentifierSyntax> AnyWord(
        string? what, Func<string, bool> isAllowed, bool mayBeQuoted = false, bool mayBeAsked = false) => Scan(what, (source, position) =>
    {
        if (mayBeQuoted && Names.ReadQuotedName(source, position) is var close and >= 0)
            return (close, new IdentifierSyntax(SourceSpan.Between(position, close), source.Substring(position + 1, close - position - 2)));

        int end = mayBeQuoted ? Lexemes.Name(source, position, mayBeAsked) : Names.Word(source, position);
        if (end < 0 || TemplateGrammar.PrefixLength(source, position) > 0)
            return null;

        string word = source.Substring(position, end - position).TrimStart('$');
        return isAllowed(word) ? (end, new IdentifierSyntax(SourceSpan.Between(position, end), word)) : default((int, IdentifierSyntax)?);
    }, TokenRole.Word);

    private Parser<Lexeme<string>> Definition(string? what) => Scan<Lexeme<string>>(what, (source, position) =>
        position < source.Length && source[position] == '='
            && (position + 1 == source.Length || source[position + 1] is not ('=' or '>' or '~'))
            ? (position + 1, new Lexeme<string>(new SourceSpan(position, 1), "="))
            : null, TokenRole.Sign);

    private Parser<Lexeme<string>> Symbol(string word, string? what, TokenRole role = TokenRole.Plain) =>
        Scan(what, (source, position) => Lexemes.Keyword(source, position, word) is var end and >= 0
            ? (end, new Lexeme<string>(SourceSpan.Between(position, end), word))
            : default((int, Lexeme<string>)?), role);

    private Parser<T> Scan<T>(string? what, Func<string, int, (int End, T Value)?> scan, TokenRole role = TokenRole.Plain) => input =>
    {
        var at = (ProgramInput)input;
        return at.State.Step(at.Position) && scan(at.Source, at.Position) is { } hit ? Accept(at, hit.End, hit.Value, role) : Reject<T>(at, what);
    };
}
