using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Matching.Literals;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>A pattern that lines are tried against: each line alone, without its line end. Safe to share between threads.</summary>
internal sealed class LinePattern
{
    private readonly ConcurrentBag<LineMatcher> _matchers = [];
    private readonly Func<LineMatcher> _create;

    /// <summary>Of what every match holds one, in few lines; null where that is not known.</summary>
    private readonly LiteralSet? _literals;

    private LinePattern(Func<LineMatcher> create, LiteralSet? literals = null) => (_create, _literals) = (create, literals);

    /// <param name="pattern">The pattern.</param>
    /// <param name="literal">The value of its literal text, null for a regex.</param>
    /// <param name="ignoreCase">Whether <c>ignore case</c> was asked for.</param>
    /// <exception cref="PatternException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static LinePattern Of(BoundPattern pattern, string? literal, bool ignoreCase = false) =>
        PatternCache.LinePatternOf(pattern, literal, ignoreCase);

    /// <summary>A text that is looked for as it stands.</summary>
    public static LinePattern OfLiteral(string text) => new(OfText(Encoding.UTF8.GetBytes(text)));

    /// <summary>A pattern of .NET's syntax.</summary>
    /// <param name="expression">A valid regex.</param>
    /// <param name="options">How it is meant.</param>
    /// <param name="engine">.NET's engine of the regex, made where it is needed.</param>
    public static LinePattern OfRegex(string expression, RegexOptions options, Func<Regex> engine)
    {
        var node = PatternParser.Parse(expression, options);
        var literals = node is null ? null : LiteralReader.Find(node);
        var finder = literals is null ? null : LiteralFinder.Of(literals);
        if (literals is { IsExact: true })
            return new LinePattern(() => new LineMatcher.Literal(finder!), literals);

        Func<LineMatcher> inner;
        if (node is not null && PatternProgram.Of(node) is { } program)
        {
            inner = () => new LineMatcher.Automaton(new LazyAutomaton(program));
        }
        else
        {
            var regex = engine();
            inner = () => new LineMatcher.Engine(regex);
        }

        return finder is null ? new LinePattern(inner)
            : literals!.IsSelective ? new LinePattern(() => new LineMatcher.Candidates(finder, inner()), literals)
            : new LinePattern(() => new LineMatcher.Stretches(finder, inner()));
    }

    /// <summary>A matcher to use and to give back, since what it has learnt of the pattern serves the next one.</summary>
    public LineMatcher Rent() => _matchers.TryTake(out var matcher) ? matcher : _create();

    public void Return(LineMatcher matcher) => _matchers.Add(matcher);

    /// <summary>
    /// Finds all lines with a match, and all with one of the same pattern in either case, among others; null where that takes more than a
    /// search for some texts.
    /// </summary>
    public LineMatcher? FindCandidates(LinePattern eitherCase) =>
        _literals is { } own && eitherCase._literals is { } other && own.IsWithin(other) ? new LineMatcher.Literal(LiteralFinder.Of(other)) : null;

    /// <summary>Whether a line without its line end has a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> line)
    {
        var matcher = Rent();
        try
        {
            return matcher.IsMatch(line);
        }
        finally
        {
            Return(matcher);
        }
    }

    private static Func<LineMatcher> OfText(byte[] text)
    {
        var finder = LiteralFinder.Of(new LiteralSet([text], IgnoresCase: false, IsExact: true));
        var matcher = new LineMatcher.Literal(finder);
        // A text with a line end in it is in no line; one with a CR might be found in a line end.
        return text.AsSpan().ContainsAny((byte)'\r', (byte)'\n')
            ? () => new LineMatcher.Candidates(finder, matcher)
            : () => matcher;
    }
}
