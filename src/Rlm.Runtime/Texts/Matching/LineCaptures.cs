using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>Finds every match on a line that is not empty, and where its captures lie. Not for use by two threads at once.</summary>
internal abstract class LineCaptures
{
    /// <summary>Adds the captures of each match in their order, and gives the number of matches.</summary>
    /// <param name="line">A line without its line end.</param>
    /// <param name="places">Where they are added.</param>
    public abstract int Find(ReadOnlySpan<byte> line, List<CapturePlace> places);

    /// <summary>By a template, and by another way on lines where the template cannot tell.</summary>
    public sealed class OfTemplate(CaptureTemplate template, int captureCount, Func<LineCaptures> makeOther) : LineCaptures
    {
        private readonly Range[] _captures = new Range[captureCount];
        private LineCaptures? _other;

        public override int Find(ReadOnlySpan<byte> line, List<CapturePlace> places)
        {
            int known = places.Count;
            int at = 0;
            for (int matches = 0; ; matches++)
            {
                switch (template.Find(line, ref at, _captures))
                {
                    case CaptureOutcome.None:
                        return matches;
                    case CaptureOutcome.Unknown:
                        places.RemoveRange(known, places.Count - known);
                        return (_other ??= makeOther()).Find(line, places);
                }

                foreach (var capture in _captures)
                    places.Add(new CapturePlace(capture.Start.Value, capture.End.Value - capture.Start.Value));
            }
        }
    }

    /// <summary>
    /// By the pattern's chain or, where that cannot tell, by its program or .NET's engine on the lines that have a match.
    /// </summary>
    /// <param name="engine">The pattern.</param>
    /// <param name="names">Its named groups.</param>
    /// <param name="lines">The same pattern, which tells the lines that have a match.</param>
    /// <param name="program">The same with its captures; null where only .NET's engine can do it.</param>
    public sealed class OfRegex(PatternEngine engine, IReadOnlyCollection<string> names, LinePattern lines, CaptureProgram? program) : LineCaptures
    {
        private readonly TextCaptures _captures = new(engine, names, program);
        private readonly LineMatcher _matcher = lines.Rent();
        private readonly CaptureChain? _chain = program?.Chain;

        public override int Find(ReadOnlySpan<byte> line, List<CapturePlace> places)
        {
            bool isAtOnce = _chain is { FindsLines: true };
            if (!isAtOnce && !_matcher.IsMatch(line))
                return 0;
            if (_chain?.Find(line, places) is { } found)
                return found;
            if (isAtOnce && !_matcher.IsMatch(line))
                return 0;

            return FindDecoded(line, places);
        }

        private int FindDecoded(ReadOnlySpan<byte> line, List<CapturePlace> places)
        {
            int known = places.Count;
            char[] characters = ArrayPool<char>.Shared.Rent(line.Length);
            int length = Encoding.UTF8.GetChars(line, characters);
            int matches = _captures.Find(characters.AsSpan(0, length), places);
            ArrayPool<char>.Shared.Return(characters);
            if (length == line.Length && Ascii.IsValid(line))
                return matches;

            var map = new CharacterMap(line, length);
            for (int i = known; i < places.Count; i++)
            {
                if (places[i] is not { IsNone: false } place)
                    continue;

                int start = map.OffsetOf(place.Start);
                places[i] = new CapturePlace(start, map.OffsetOf(place.Start + place.Length) - start);
            }

            return matches;
        }
    }
}
