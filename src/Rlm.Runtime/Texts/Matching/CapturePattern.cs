using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>A pattern of which the captures on lines are found. Safe to share between threads.</summary>
/// <param name="regex">The pattern.</param>
/// <param name="lines">The same, which tells the lines that have a match.</param>
/// <param name="program">The same with its captures; null where only .NET's engine can do it.</param>
/// <param name="names">Its named groups.</param>
/// <param name="texts">The texts around the captures of a template; null for a regex.</param>
internal sealed class CapturePattern(
    Regex regex, LinePattern lines, CaptureProgram? program, IReadOnlyCollection<string> names, IReadOnlyList<string>? texts)
{
    private readonly CaptureTemplate? _template = texts is null ? null : CaptureTemplate.Of(texts);
    private readonly ConcurrentBag<LineCaptures> _idle = [];

    /// <summary>A shorter text stands on lines of any form.</summary>
    private const int ShortestMark = 3;

    private static readonly SearchValues<char> Signs = SearchValues.Create(@"\^$.|?*+()[]{}#");

    private readonly byte[]? _mark = (texts is null ? OpeningOf(regex) : texts[0].Split('\n')[0]) is { Length: >= ShortestMark } opening
        && !string.IsNullOrWhiteSpace(opening) ? Encoding.UTF8.GetBytes(opening) : null;

    /// <summary>Whether there is anything to tell lines by that look as if they matched.</summary>
    public bool CanLookAlike => _mark is not null;

    /// <summary>Whether a line without a match begins as a template does, or holds the text that a regex opens with.</summary>
    public bool LooksAlike(ReadOnlySpan<byte> line) =>
        _mark is not null && (texts is null ? line.IndexOf(_mark) >= 0 : line.StartsWith(_mark));

    /// <summary>
    /// The letters that a regex opens with, before anything that has a meaning of its own; none where it ignores case or blanks.
    /// </summary>
    private static string OpeningOf(Regex regex)
    {
        string expression = regex.ToString();
        int end = (regex.Options & (RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)) != 0
            ? 0
            : expression.AsSpan().IndexOfAny(Signs);
        if (end < 0 || end == expression.Length)
            return expression;
        return expression[..(end > 0 && expression[end] is '?' or '*' or '{' ? end - 1 : end)];
    }

    /// <summary>A finder to use and to give back: to make one costs more than to search a line.</summary>
    public LineCaptures Rent()
    {
        if (_idle.TryTake(out var captures))
            return captures;

        var byRegex = new LineCaptures.OfRegex(regex, names, lines, program);
        return _template is null ? byRegex : new LineCaptures.OfTemplate(_template, names.Count, byRegex);
    }

    public void Return(LineCaptures captures) => _idle.Add(captures);
}
