using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>The combinators that each rule is made of, and what Sprache lacks: nodes with their span, and a bound on nesting.</summary>
/// <remarks>
/// Sprache's own <c>Select</c>, <c>Where</c>, <c>SelectMany</c> and <c>Or</c> do the same by closures over closures, with types of their
/// own for each rule, and write messages of failures that nobody reads: what was expected is in the <see cref="ParseState"/>.
/// </remarks>
internal static class ParserExtensions
{
    public static Parser<TResult> Select<T, TResult>(this Parser<T> parser, Func<T, TResult> select) => input =>
    {
        var result = parser.Read(input);
        return result.WasSuccessful ? ParseResult.Success(select(result.Value), result.Remainder) : ParseResult.Failure<TResult>(result.Remainder);
    };

    public static Parser<T> Where<T>(this Parser<T> parser, Func<T, bool> isWanted) => input =>
    {
        var result = parser.Read(input);
        return result.WasSuccessful && !isWanted(result.Value) ? Tokens.Reject<T>((ProgramInput)input) : result;
    };

    public static Parser<TResult> SelectMany<T, TNext, TResult>(
        this Parser<T> parser, Func<T, Parser<TNext>> next, Func<T, TNext, TResult> combine) => input =>
    {
        var result = parser.Read(input);
        if (!result.WasSuccessful)
            return ParseResult.Failure<TResult>(result.Remainder);

        var behind = next(result.Value).Read(result.Remainder);
        return behind.WasSuccessful
            ? ParseResult.Success(combine(result.Value, behind.Value), behind.Remainder)
            : ParseResult.Failure<TResult>(behind.Remainder);
    };

    /// <summary>The value, without reading anything.</summary>
    public static Parser<T> Return<T>(T value) => input => ParseResult.Success(value, input);

    /// <summary>The first that fits; of two that fail the one that came further.</summary>
    public static Parser<T> Or<T>(this Parser<T> first, Parser<T> second) => input =>
    {
        var result = first.Read(input);
        if (result.WasSuccessful && !result.Remainder.Equals(input))
            return result;

        var other = second.Read(input);
        return other.WasSuccessful || (!result.WasSuccessful && other.Remainder.Position > result.Remainder.Position) ? other : result;
    };

    /// <summary>Makes a node from a value and the text that it was read from, blanks around it left out.</summary>
    public static Parser<TNode> WithSpan<TValue, TNode>(this Parser<TValue> parser, Func<SourceSpan, TValue, TNode> node) => input =>
    {
        var result = parser.Read(input);
        return result.WasSuccessful
            ? ParseResult.Success(node(SpanOf(input, result.Remainder), result.Value), result.Remainder)
            : ParseResult.Failure<TNode>(result.Remainder);
    };

    /// <summary>
    /// A parser that is looked up when it is needed, for rules that hold themselves. Sprache's own <c>Ref</c> remembers a failure as left
    /// recursion, and throws when an alternative tries the rule a second time at the same place.
    /// </summary>
    public static Parser<T> Later<T>(Func<Parser<T>> parser)
    {
        Parser<T>? found = null;
        return input => (found ??= parser())(input);
    }

    /// <summary>Counts a level of nesting around the parser, and fails for good where there are too many.</summary>
    public static Parser<T> LimitNesting<T>(this Parser<T> parser) => input =>
    {
        var at = (ProgramInput)input;
        if (!at.State.Enter(at.Position))
            return Tokens.Reject<T>(at);

        var result = parser(input);
        at.State.Leave();
        return result;
    };

    public static SourceSpan SpanOf(IInput start, IInput remainder) =>
        SourceSpan.Between(start.Position, ((ProgramInput)remainder).TokenEnd);

    /// <summary>The upcast that a choice of node types needs.</summary>
    public static Parser<TBase> As<TNode, TBase>(this Parser<TNode> parser)
        where TNode : TBase => parser.Select(node => (TBase)node);

    /// <summary>
    /// As often as it follows. Unlike Sprache's <c>Many</c> it fails where the element has begun and does not go on, so that what stands
    /// there is not left over for somebody else to misread.
    /// </summary>
    public static Parser<IReadOnlyList<T>> WhileItFollows<T>(this Parser<T> parser) => input =>
    {
        var items = new List<T>();
        var at = (ProgramInput)input;
        while (true)
        {
            var result = parser.Read(at);
            if (result.WasSuccessful)
            {
                items.Add(result.Value);
                at = result.Remainder;
            }
            else
            {
                return result.Remainder.Position == at.Position
                    ? ParseResult.Success<IReadOnlyList<T>>(items, at)
                    : ParseResult.Failure<IReadOnlyList<T>>(result.Remainder);
            }
        }
    };

    /// <summary>The parser's value, or null where it does not stand there.</summary>
    public static Parser<T?> OrNothing<T>(this Parser<T> parser)
        where T : class => parser.Select(value => (T?)value).Or(ParserExtensions.Return<T?>(null));

    /// <summary>The parser behind something that may stand before it.</summary>
    public static Parser<T> After<T>(this Parser<T> parser, Parser<string?> before) =>
        from skipped in before from value in parser select value;

    /// <summary>One or more with commas between; just one where commas end an element.</summary>
    public static Parser<IReadOnlyList<T>> WithCommas<T>(this Parser<T> parser, Parser<Lexeme<string>> comma) =>
        from first in parser
        from rest in (from separator in comma from item in parser select item).WhileItFollows()
        select (IReadOnlyList<T>)[first, .. rest];

    /// <summary>Tells what was wanted where the parser does not fit.</summary>
    public static Parser<T> OrReject<T>(this Parser<T> parser, string what) => input =>
    {
        var result = parser.Read(input);
        return result.WasSuccessful ? result : Tokens.Reject<T>((ProgramInput)input, what);
    };

    // A parser of a node serves as one of what the node derives from.
    private static ParseResult<T> Read<T>(this Parser<T> parser, IInput input) => parser(input) is var result && result is ParseResult<T> own ? own
        : result.WasSuccessful ? ParseResult.Success(result.Value, result.Remainder)
        : ParseResult.Failure<T>(result.Remainder);
}
