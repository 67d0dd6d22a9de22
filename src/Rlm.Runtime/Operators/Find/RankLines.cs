using System.Collections.Concurrent;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Operators.Find;

/// <summary>Finds the best lines of a text, on all processors where it is large.</summary>
/// <param name="words">The query's words.</param>
/// <param name="wanted">How many lines are asked for.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class RankLines(QueryWords words, int wanted, CancellationToken cancellationToken)
{
    private readonly ConcurrentBag<Part> _idle = [];

    /// <summary>The lines that may be the best, and how many lines there are.</summary>
    public (RankCandidates<TextSlice> Candidates, long Lines) Find(TextSlice text)
    {
        long lines = LineRanges.Sum(text, FindIn);
        var candidates = _idle.TryTake(out var first) ? first.Candidates : new RankCandidates<TextSlice>(wanted);
        foreach (var part in _idle)
            candidates.AddAll(part.Candidates);
        return (candidates, lines);
    }

    private long FindIn(TextSlice range)
    {
        if (!_idle.TryTake(out var part))
            part = new Part(words, wanted);
        long lines = part.AddLines(range, cancellationToken);
        _idle.Add(part);
        return lines;
    }

    /// <summary>What one thread finds. Not for use by two at once.</summary>
    private sealed class Part
    {
        private static readonly Func<TextSlice, TextSlice> Keep = static line => line;

        private readonly QueryWords _words;
        private readonly QueryWords.OnLine _onLine;
        private readonly int[] _found;

        /// <summary>Where the lines begin that are looked at.</summary>
        private TextSlice _lines;

        public Part(QueryWords words, int wanted)
        {
            (_words, _found, Candidates) = (words, new int[words.Count], new RankCandidates<TextSlice>(wanted));
            _onLine = Add;
        }

        public RankCandidates<TextSlice> Candidates { get; }

        public long AddLines(TextSlice range, CancellationToken cancellationToken)
        {
            long lines = 0;
            using var window = new LineWindow(range, cancellationToken);
            while (window.MoveNext())
            {
                var bytes = window.Bytes;
                lines += bytes.Count((byte)'\n') + (bytes[^1] == '\n' ? 0 : 1);
                for (int at = 0; at < bytes.Length;)
                {
                    _lines = range with { Start = window.Start + at };
                    at += AddSome(bytes[at..]);
                }
            }

            Candidates.Count(lines, 0);
            return lines;
        }

        /// <summary>Looks at the lines up to the first that is not in ASCII, or at that one; gives their length.</summary>
        private int AddSome(ReadOnlySpan<byte> lines)
        {
            int other = lines.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            int start = other < 0 ? lines.Length : lines[..other].LastIndexOf((byte)'\n') + 1;
            if (start > 0)
            {
                Candidates.Count(0, _words.CountInLines(lines[..start], _found, _onLine));
                return start;
            }

            int newline = lines[other..].IndexOf((byte)'\n');
            int end = newline < 0 ? lines.Length : other + newline;
            int words = _words.CountIn(lines[..end], _found);
            Candidates.Count(0, words);
            if (_found.AsSpan().ContainsAnyExcept(0))
                Add(0, end, words, _found);
            Array.Clear(_found);
            return newline < 0 ? end : end + 1;
        }

        private void Add(int start, int end, int words, ReadOnlySpan<int> found)
        {
            long place = _lines.Start + start;
            Candidates.Add(place, words, found, _lines with { Start = place, Length = end - start }, Keep);
        }
    }
}
