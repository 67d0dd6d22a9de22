using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Texts;

/// <summary>A pattern of which the captures on lines are found. Safe to share between threads.</summary>
/// <param name="regex">The pattern.</param>
/// <param name="lines">The same, which tells the lines that have a match.</param>
/// <param name="program">The same with its captures; null where only .NET's engine can do it.</param>
/// <param name="names">Its named groups.</param>
/// <param name="texts">The texts around the captures of a template; null for a regex.</param>
internal sealed class CapturePattern(Regex regex, LinePattern lines, CaptureProgram? program, IReadOnlyCollection<string> names, IReadOnlyList<string>? texts)
{
    private readonly CaptureTemplate? _template = texts is null ? null : CaptureTemplate.Of(texts);
    private readonly ConcurrentBag<LineCaptures> _idle = [];

    /// <summary>A shorter text stands on lines of any form.</summary>
    private const int ShortestMark = 3;

    private readonly byte[]? _prefix = texts is [{ Length: >= ShortestMark } first, ..] && !string.IsNullOrWhiteSpace(first) ? Encoding.UTF8.GetBytes(first) : null;

    /// <summary>Whether a line without a match begins as a template does, or holds the text that every match holds.</summary>
    public bool LooksAlike(ReadOnlySpan<byte> line) => (_prefix is not null && line.StartsWith(_prefix)) || lines.HoldsLiteral(line, ShortestMark);

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
