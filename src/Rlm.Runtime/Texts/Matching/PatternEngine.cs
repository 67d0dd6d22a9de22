using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>.NET's engine of a pattern, made where it is first needed: that takes as long as to read a program of 1 KB.</summary>
internal sealed class PatternEngine
{
    // .NET's engine takes quadratic time to say that a pattern is too large for it.
    private const int MaxPatternChars = 50_000;

    // The engine takes any pattern of this size.
    private const int MaxSizeUnmade = 1_000;

    private readonly Lazy<Regex> _regex;

    /// <param name="expression">The pattern in .NET's notation.</param>
    /// <param name="options">How it is meant.</param>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public PatternEngine(string expression, RegexOptions options)
    {
        if (expression.Length > MaxPatternChars)
        {
            throw new PatternException(Invariant(
                $"the pattern has {expression.Length:N0} characters; the most is {MaxPatternChars:N0}"),
                "look for many words with a list: `where it in words`, or `join` two lists on the word");
        }

        (Expression, Options) = (expression, options);
        _regex = new Lazy<Regex>(Make);
        // One that may be refused is made at once, so that the error is told where the pattern stands.
        if (PatternParser.Parse(expression, options) is not { Size: <= MaxSizeUnmade })
            _ = Regex;
    }

    public string Expression { get; }

    public RegexOptions Options { get; }

    public Regex Regex => _regex.Value;

    private Regex Make()
    {
        try
        {
            return new Regex(Expression, Options);
        }
        catch (NotSupportedException exception) when (exception.Message.Contains("automata", StringComparison.Ordinal))
        {
            throw new PatternException("the pattern is too large to run in linear time",
                "use smaller repeat counts, or two patterns; look for many words with a list: `where it in words`");
        }
        catch (NotSupportedException exception)
        {
            throw new PatternException($"the pattern needs more than linear time: {TextException.ToOneLine(exception)}",
                "leave out lookaround, backreferences and atomic groups, and keep repeat counts small");
        }
        catch (ArgumentException exception)
        {
            throw new PatternException($"the pattern is not a regular expression: {TextException.ToOneLine(exception)}",
                "put `\\` before a sign that stands for itself, or write the text in quotes");
        }
    }
}
