using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching.Literals;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>Finds lines with a match in bytes. Not for use by two threads at once.</summary>
internal abstract class LineMatcher
{
    /// <summary>A place in the first line with a match, at most its line end's; -1 where no line has one.</summary>
    /// <param name="text">Whole lines; the last one needs no line end.</param>
    /// <param name="at">Where a line starts.</param>
    public abstract int Find(ReadOnlySpan<byte> text, int at);

    /// <summary>Whether a line without its line end has a match.</summary>
    public abstract bool IsMatch(ReadOnlySpan<byte> line);

    /// <summary>Every line that holds one of some texts.</summary>
    public sealed class Literal(LiteralFinder finder) : LineMatcher
    {
        public override int Find(ReadOnlySpan<byte> text, int at) => finder.Find(text[at..]) is var hit and >= 0 ? at + hit : -1;

        public override bool IsMatch(ReadOnlySpan<byte> line) => finder.Find(line) >= 0;
    }

    /// <summary>The lines that hold one of some texts, each tried by another matcher.</summary>
    public sealed class Candidates(LiteralFinder finder, LineMatcher inner) : LineMatcher
    {
        public override int Find(ReadOnlySpan<byte> text, int at)
        {
            while (at < text.Length && finder.Find(text[at..]) is var hit and >= 0)
            {
                int found = at + hit;
                int start = at + text[at..found].LastIndexOf((byte)'\n') + 1;
                var (end, next) = LineEnd(text, found);
                if (inner.IsMatch(text[start..end]))
                    return found;
                at = next;
            }

            return -1;
        }

        public override bool IsMatch(ReadOnlySpan<byte> line) => finder.Find(line) >= 0 && inner.IsMatch(line);
    }

    /// <summary>
    /// The stretches of lines that begin with one that holds one of some texts, each searched by another matcher. For texts that many
    /// lines may hold: where a look finds one near by, the next look is ever farther away, so that looks in vain cost little.
    /// </summary>
    public sealed class Stretches(LiteralFinder finder, LineMatcher inner) : LineMatcher
    {
        /// <summary>A text within so many bytes saves the other matcher nothing.</summary>
        private const int NearBytes = 256;

        private const int LeastBytes = 1024;
        private const int MostBytes = 64 * 1024;

        private int _pauseBytes = LeastBytes;
        private int _unlookedBytes;

        public override int Find(ReadOnlySpan<byte> text, int at)
        {
            while (at < text.Length)
            {
                if (_unlookedBytes > 0)
                {
                    int place = inner.Find(text, at);
                    _unlookedBytes -= (place < 0 ? text.Length : place + 1) - at;
                    return place;
                }

                int hit = finder.Find(text[at..]);
                if (hit is >= 0 and < NearBytes)
                {
                    _unlookedBytes = _pauseBytes;
                    _pauseBytes = Math.Min(2 * _pauseBytes, MostBytes);
                    continue;
                }

                _pauseBytes = LeastBytes;
                if (hit < 0)
                    return -1;

                int start = at + text.Slice(at, hit).LastIndexOf((byte)'\n') + 1;
                int next = LineEnd(text, Math.Max(at + hit, Math.Min(start + LeastBytes, text.Length))).Next;
                if (inner.Find(text[..next], start) is var found and >= 0)
                    return found;
                at = next;
            }

            return -1;
        }

        public override bool IsMatch(ReadOnlySpan<byte> line) =>
            (line.Length < NearBytes || finder.Find(line) >= 0) && inner.IsMatch(line);
    }

    /// <summary>Every byte once through the automaton of a pattern.</summary>
    public sealed class Automaton(LazyAutomaton automaton) : LineMatcher
    {
        public override int Find(ReadOnlySpan<byte> text, int at) => automaton.Find(text, at);

        public override bool IsMatch(ReadOnlySpan<byte> line) => automaton.IsMatch(line);
    }

    /// <summary>Line by line through .NET's engine, for what the automaton does not know.</summary>
    public sealed class Engine(Regex regex) : LineMatcher
    {
        private char[] _characters = new char[4 * 1024];

        public override int Find(ReadOnlySpan<byte> text, int at)
        {
            while (at < text.Length)
            {
                var (end, next) = LineEnd(text, at);
                if (IsMatch(text[at..end]))
                    return at;
                at = next;
            }

            return -1;
        }

        public override bool IsMatch(ReadOnlySpan<byte> line)
        {
            if (_characters.Length < line.Length)
                _characters = new char[Math.Max(line.Length, Math.Min(2 * _characters.Length, Array.MaxLength))];
            int count = Encoding.UTF8.GetChars(line, _characters);
            return regex.IsMatch(_characters.AsSpan(0, count));
        }
    }

    /// <summary>The end of the line that a place lies in, before its line end, and where the next one starts.</summary>
    public static (int End, int Next) LineEnd(ReadOnlySpan<byte> text, int place)
    {
        int newline = text[place..].IndexOf((byte)'\n');
        if (newline < 0)
            return (text.Length, text.Length);

        int end = place + newline;
        return (end > place && text[end - 1] == '\r' ? end - 1 : end, end + 1);
    }
}
