using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>What finds patterns, each made once: linear in time, culture-invariant, <c>^ $</c> at lines.</summary>
internal static class PatternCache
{
    private const int MaxCount = 512;

    private static readonly string[] TextEnds = ["\\A", "\\z", "\\Z"];

    private static readonly Memo<(string Pattern, RegexOptions Options), PatternEngine> Engines = new();
    private static readonly Memo<(string Pattern, RegexOptions Options), LinePattern> LinePatterns = new();
    private static readonly Memo<(string Pattern, RegexOptions Options), CaptureProgram?> CapturePrograms = new();
    private static readonly Memo<(string Pattern, RegexOptions Options), CapturePattern> CapturePatterns = new();

    /// <summary>.NET's engine of a pattern. <paramref name="literal"/> is the value of the pattern's literal text, null for a regex.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static PatternEngine EngineOf(BoundPattern pattern, string? literal, bool ignoreCase = false)
    {
        var key = KeyOf(pattern, literal, ignoreCase);
        return GetOrAdd(Engines, key, () => new PatternEngine(key.Expression, key.Options));
    }

    /// <summary>The same, to try lines of bytes against.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static LinePattern LinePatternOf(BoundPattern pattern, string? literal, bool ignoreCase)
    {
        var key = KeyOf(pattern, literal, ignoreCase);
        return GetOrAdd(LinePatterns, key, () => literal is not null && !IgnoresCase(pattern, ignoreCase)
            ? LinePattern.OfLiteral(literal)
            : LinePattern.OfRegex(key.Expression, key.Options, () => EngineOf(pattern, literal, ignoreCase).Regex));
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
    public static CapturePattern CapturePatternOf(BoundPattern pattern) => GetOrAdd(CapturePatterns, KeyOf(pattern, null, ignoreCase: false), () =>
    {
        var engine = EngineOf(pattern, null);
        return new CapturePattern(
            engine,
            () => new LineCaptures.OfRegex(engine, pattern.Captures, LinePatternOf(pattern, null, ignoreCase: false), CaptureProgramOf(pattern)),
            pattern.Captures.Count,
            pattern.Texts);
    });

    /// <summary>The same for a text of many lines, at whose ends <c>\A</c> and <c>\z</c> are not those of its lines.</summary>
    public static CaptureProgram? TextProgramOf(BoundPattern pattern, string? literal = null) =>
        pattern.Regex is { } regex && TextEnds.Any(place => regex.Contains(place, StringComparison.Ordinal))
            ? null : CaptureProgramOf(pattern, literal);

    /// <summary>What finds a pattern's captures in texts that may have many lines.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static TextCaptures TextCapturesOf(BoundPattern pattern) =>
        new(EngineOf(pattern, null), pattern.Captures, TextProgramOf(pattern));

    /// <summary>What finds a pattern in whole texts, of any length.</summary>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static TextMatches TextMatchesOf(BoundPattern pattern, string? literal) =>
        new(EngineOf(pattern, literal), pattern.Captures, TextProgramOf(pattern, literal));

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
}
