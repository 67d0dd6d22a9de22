using System.Buffers;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>Which bytes of UTF-8 stand for a set of code units.</summary>
internal sealed class ByteClass
{
    private const int ByteCount = 256;
    private const int AsciiCount = 128;

    /// <summary>A run is mostly so short that to look at each byte costs less than to begin a search.</summary>
    private const int ShortRunBytes = 16;

    private readonly Kind[] _kinds = new Kind[ByteCount];
    private readonly SearchValues<byte> _members;
    private readonly bool _hasAllOfLines;

    /// <param name="set">The code units.</param>
    /// <param name="isCounted">Whether it matters how many there are, so that a character outside ASCII is more than its bytes tell.</param>
    public ByteClass(CodeUnitSet set, bool isCounted)
    {
        for (int value = 0; value < AsciiCount; value++)
            _kinds[value] = set.Contains((char)value) ? Kind.Member : Kind.Other;
        bool hasNone = set.Ranges.All(range => range.Last < AsciiCount);
        bool hasAll = set.Ranges.Any(range => range is { First: <= (char)AsciiCount, Last: char.MaxValue });
        _kinds.AsSpan(AsciiCount).Fill(hasNone ? Kind.Other : hasAll && !isCounted ? Kind.Member : Kind.Unsure);
        byte[] members = [.. Enumerable.Range(0, ByteCount).Where(value => _kinds[value] == Kind.Member).Select(value => (byte)value)];
        _members = SearchValues.Create(members);
        _hasAllOfLines = members.Length == ByteCount || (members.Length == ByteCount - 1 && _kinds['\n'] == Kind.Other);
    }

    private enum Kind : byte
    {
        Other,
        Member,

        /// <summary>A part of a character that may belong to the set.</summary>
        Unsure,
    }

    /// <summary>Whether a byte may begin a unit of the set.</summary>
    public bool MayHold(byte value) => _kinds[value] != Kind.Other;

    /// <summary>Whether no byte may begin a unit of both.</summary>
    public bool IsApartFrom(ByteClass other) => !Enumerable.Range(0, ByteCount).Any(value => MayHold((byte)value) && other.MayHold((byte)value));

    /// <summary>Whether all units are what <c>\b</c> takes for parts of words, and ASCII.</summary>
    public bool HasOnlyWordSigns =>
        Enumerable.Range(0, ByteCount).All(value => !MayHold((byte)value) || char.IsAsciiLetterOrDigit((char)value) || value == '_');

    /// <summary>The first place from which on a unit of the set may stand; -1 where there is none.</summary>
    public int FindFirst(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && !MayHold(line[at]))
            at++;
        return at < line.Length ? at : -1;
    }

    /// <summary>Where the members end that stand at a place.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The place.</param>
    /// <param name="limit">Where to end at the latest.</param>
    /// <param name="isUnsure">Whether what stands behind them may be one as well.</param>
    public int FindEnd(ReadOnlySpan<byte> line, int at, int limit, out bool isUnsure)
    {
        isUnsure = false;
        if (_hasAllOfLines)
            return limit;

        int near = Math.Min(limit, at + ShortRunBytes);
        while (at < near && _kinds[line[at]] == Kind.Member)
            at++;
        if (at == near && at < limit)
            at = line[at..limit].IndexOfAnyExcept(_members) is >= 0 and var length ? at + length : limit;
        isUnsure = at < limit && _kinds[line[at]] == Kind.Unsure;
        return at;
    }
}
