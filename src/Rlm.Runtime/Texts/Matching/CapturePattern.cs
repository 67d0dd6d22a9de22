using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>A pattern of which the captures on lines are found. Safe to share between threads.</summary>
/// <param name="engine">The pattern.</param>
/// <param name="makeFinder">Makes what finds the pattern as a regex; hardly a line needs that of a template.</param>
/// <param name="captureCount">How many named groups it has.</param>
/// <param name="texts">The texts around the captures of a template; null for a regex.</param>
internal sealed class CapturePattern(
    PatternEngine engine, Func<LineCaptures> makeFinder, int captureCount, IReadOnlyList<string>? texts)
{
    private readonly CaptureTemplate? _template = texts is null ? null : CaptureTemplate.Of(texts);
    private readonly ConcurrentBag<LineCaptures> _idle = [];

    /// <summary>A shorter text stands on lines of any form.</summary>
    private const int ShortestMark = 3;

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\^$.|?*+()[]{}#");

    private readonly byte[]? _mark = (texts is null ? MarkOf(engine) : texts[0].Split('\n')[0]) is { Length: >= ShortestMark } mark
        && !string.IsNullOrWhiteSpace(mark) ? Encoding.UTF8.GetBytes(mark) : null;

    /// <summary>Whether there is anything to tell lines by that look as if they matched.</summary>
    public bool CanLookAlike => _mark is not null;

    /// <summary>
    /// Whether a line without a match begins as a template does, or holds the longest text that a regex has before its first group, and
    /// goes on behind it. Where it ends there the value is missing, and nothing of it is lost.
    /// </summary>
    public bool LooksAlike(ReadOnlySpan<byte> line) => _mark is not null
        && (texts is not null ? line.StartsWith(_mark) ? 0 : -1 : line.IndexOf(_mark)) is >= 0 and var place
        && line[(place + _mark.Length)..].ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>
    /// The longest of the texts that a regex opens with and has before its first group, class or alternative: a word such as a program's
    /// name stands on lines of many forms. None where it opens with less than a mark, or ignores case or blanks.
    /// </summary>
    private static string MarkOf(PatternEngine engine)
    {
        string expression = engine.Expression, longest = "";
        if ((engine.Options & (RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)) != 0)
            return longest;

        for (int start = 0; start < expression.Length;)
        {
            int length = expression.AsSpan(start).IndexOfAny(Signs), end = length < 0 ? expression.Length : start + length;
            bool isLast = end == expression.Length, isOptional = !isLast && end > start && expression[end] is '?' or '*' or '{';
            string text = expression[start..(isOptional ? end - 1 : end)];
            if (start == 0 && text.Length < ShortestMark)
                return "";
            if (text.Length > longest.Length)
                longest = text;

            // What an escape such as \x41 goes on with is not a text.
            if (isLast || expression[end] is '(' or '[' or '{' or '|' || expression.Contains('|', StringComparison.Ordinal)
                || (expression[end] == '\\' && "xupPkc0123456789".Contains(expression[end + 1], StringComparison.Ordinal)))
                return longest;
            start = end + (expression[end] == '\\' ? 2 : 1);
        }

        return longest;
    }

    /// <summary>A finder to use and to give back: to make one costs more than to search a line.</summary>
    public LineCaptures Rent() => _idle.TryTake(out var captures) ? captures
        : _template is null ? makeFinder()
        : new LineCaptures.OfTemplate(_template, captureCount, makeFinder);

    public void Return(LineCaptures captures) => _idle.Add(captures);
}
