using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// What a parser gives. The combinators look into it as an object: through Sprache's interface a native app looks each call up once for each
/// type of value, which was an eighth of a check.
/// </summary>
internal abstract class ParseResult(bool wasSuccessful, ProgramInput remainder)
{
    public bool WasSuccessful => wasSuccessful;

    /// <summary>The place behind what was read; where it failed, the place that does not fit.</summary>
    public ProgramInput Remainder => remainder;

    public static ParseResult<T> Success<T>(T value, IInput remainder) => new(true, (ProgramInput)remainder, value);

    /// <summary>What was wanted is in the <see cref="ParseState"/>.</summary>
    public static ParseResult<T> Failure<T>(IInput at) => new(false, (ProgramInput)at, default!);
}

/// <summary>The same with its value, which stands there only where it was read.</summary>
internal sealed class ParseResult<T>(bool wasSuccessful, ProgramInput remainder, T value) : ParseResult(wasSuccessful, remainder), IResult<T>
{
    public T Value => value;

    string IResult<T>.Message => "";

    IEnumerable<string> IResult<T>.Expectations => [];

    IInput IResult<T>.Remainder => Remainder;
}
