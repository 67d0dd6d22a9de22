using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>What finds patterns, each made once: linear in time, culture-invariant, <c>^ $</c> at lines.</summary>
internal static class PatternCache
{
    private const int MaxCount = 512;

    // .NET's engine takes quadratic time to say that a pattern is too large for it.
    private const int MaxPatternChars = 50_000;

    private static readonly string[] TextEnds = ["\\A", "\\z", "\\Z"];

    private static readonly Memo<(string Pattern, RegexOptions Options), Regex> Regexes = new();
    private static readonly Memo<(string Pattern, RegexOptions Options), LinePattern> LinePatterns = new();
    private static readonly Memo<(string Pattern, RegexOptions Options), CaptureProgram?> CapturePrograms = new();
    private static readonly Memo<(string Pattern, RegexOptions Options), CapturePattern> CapturePatterns = new();

    /// <summary>The regex of a pattern. <paramref name="literal"/> is the value of the pattern's literal text, null for a regex.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static Regex RegexOf(BoundPattern pattern, string? literal, bool ignoreCase = false)
    {
        var key = KeyOf(pattern, literal, ignoreCase);
        return GetOrAdd(Regexes, key, () => Make(key.Expression, key.Options));
    }

    /// <summary>The same, to try lines of bytes against.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static LinePattern LinePatternOf(BoundPattern pattern, string? literal, bool ignoreCase)
    {
        var key = KeyOf(pattern, literal, ignoreCase);
        return GetOrAdd(LinePatterns, key, () => literal is not null && !IgnoresCase(pattern, ignoreCase)
            ? LinePattern.OfLiteral(literal)
            : LinePattern.OfRegex(key.Expression, key.Options, () => RegexOf(pattern, literal, ignoreCase)));
    }

    /// <summary>The program of a regex that saves its captures; null where only .NET's engine finds the same ones.</summary>
    public static CaptureProgram? CaptureProgramOf(BoundPattern pattern, string? literal = null)
    {
        var key = KeyOf(pattern, literal, ignoreCase: false);
        return GetOrAdd(CapturePrograms, key, () => PatternParser.Parse(
            key.Expression, key.Options, keepsCaptures: true) is { HasEmptyRound: false } node
            ? CaptureProgram.Of(node, [.. pattern.Captures])
            : null);
    }

    /// <summary>What finds a pattern's captures on lines.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static CapturePattern CapturePatternOf(BoundPattern pattern) => GetOrAdd(CapturePatterns, KeyOf(
        pattern, null, ignoreCase: false), () =>
        new CapturePattern(
            RegexOf(pattern, null),
            LinePatternOf(pattern, null, ignoreCase: false),
            CaptureProgramOf(pattern),
            pattern.Captures,
            pattern.Texts));

    /// <summary>The same for a text of many lines, at whose ends <c>\A</c> and <c>\z</c> are not those of its lines.</summary>
    public static CaptureProgram? TextProgramOf(BoundPattern pattern, string? literal = null) =>
        pattern.Regex is { } regex && TextEnds.Any(place => regex.Contains(place, StringComparison.Ordinal))
            ? null : CaptureProgramOf(pattern, literal);

    /// <summary>What finds a pattern's captures in texts that may have many lines.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static TextCaptures TextCapturesOf(BoundPattern pattern) =>
        new(RegexOf(pattern, null), pattern.Captures, TextProgramOf(pattern));

    /// <summary>What finds a pattern in whole texts, of any length.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static TextMatches TextMatchesOf(BoundPattern pattern, string? literal) =>
        new(RegexOf(pattern, literal), pattern.Captures, TextProgramOf(pattern, literal));

    private static (string Expression, RegexOptions Options) KeyOf(BoundPattern pattern, string? literal, bool ignoreCase) =>
        (literal is null ? pattern.Regex! : Regex.Escape(literal), OptionsOf(pattern, ignoreCase));

    private static T GetOrAdd<T>(Memo<(string, RegexOptions), T> cache, (string, RegexOptions) key, Func<T> make)
    {
        if (cache.TryGetValue(key, out var known))
            return known;

        var made = make();
        // Patterns come from programs, of which a run has few; literals may come from data, so a cache has a bound.
        if (cache.Count >= MaxCount)
            cache.Clear();
        return cache.GetOrAdd(key, made);
    }

    // Whether letters match in either case.
    private static bool IgnoresCase(BoundPattern pattern, bool ignoreCase) => ignoreCase || pattern.Flags.Contains('i');

    private static RegexOptions OptionsOf(BoundPattern pattern, bool ignoreCase)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;
        if (IgnoresCase(pattern, ignoreCase))
            options |= RegexOptions.IgnoreCase;
        if (pattern.Flags.Contains('s'))
            options |= RegexOptions.Singleline;
        if (pattern.Flags.Contains('x'))
            options |= RegexOptions.IgnorePatternWhitespace;
        return options;
    }

    private static Regex Make(string expression, RegexOptions options)
    {
        if (expression.Length > MaxPatternChars)
        {
            throw new PatternException(Invariant(
                $"the pattern has {expression.Length:N0} characters; the most is {MaxPatternChars:N0}"),
                "look for many words with a list: `where it in words`, or `join` two lists on the word");
        }

        try
        {
            return new Regex(expression, options);
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
