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

    private LinePattern(Func<LineMatcher> create) => _create = create;

    /// <summary>Whether it matches where one of some texts stands.</summary>
    public bool IsLiteral { get; private init; }

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
            return new LinePattern(() => new LineMatcher.Literal(finder!)) { IsLiteral = true };

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

        return new LinePattern(finder is null ? inner
            : literals!.IsSelective ? () => new LineMatcher.Candidates(finder, inner())
            : () => new LineMatcher.Stretches(finder, inner()));
    }

    /// <summary>A matcher to use and to give back, since what it has learnt of the pattern serves the next one.</summary>
    public LineMatcher Rent() => _matchers.TryTake(out var matcher) ? matcher : _create();

    public void Return(LineMatcher matcher) => _matchers.Add(matcher);

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
