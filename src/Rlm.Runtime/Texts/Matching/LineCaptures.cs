using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>Finds every match on a line that is not empty, and where its captures lie. Not for use by two threads at once.</summary>
internal abstract class LineCaptures : IDisposable
{
    /// <summary>Adds the captures of each match in their order, and gives the number of matches.</summary>
    /// <param name="line">A line without its line end.</param>
    /// <param name="places">Where they are added.</param>
    public abstract int Find(ReadOnlySpan<byte> line, List<CapturePlace> places);

    public abstract void Dispose();

    /// <summary>By a template, and by another way on lines where the template cannot tell.</summary>
    public sealed class OfTemplate(CaptureTemplate template, int captureCount, LineCaptures otherwise) : LineCaptures
    {
        private readonly Range[] _captures = new Range[captureCount];

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
                        return otherwise.Find(line, places);
                }

                foreach (var capture in _captures)
                    places.Add(new CapturePlace(capture.Start.Value, capture.End.Value - capture.Start.Value));
            }
        }

        public override void Dispose() => otherwise.Dispose();
    }

    /// <summary>By .NET's engine, on the lines that have a match.</summary>
    /// <param name="regex">The pattern.</param>
    /// <param name="names">The captures; one that is no group's is the whole match.</param>
    /// <param name="lines">The same pattern, which tells the lines that have a match.</param>
    public sealed class OfRegex(Regex regex, IEnumerable<string> names, LinePattern lines) : LineCaptures
    {
        private readonly int[] _groups = [.. names.Select(regex.GroupNumberFromName)];
        private readonly LineMatcher _matcher = lines.Rent();

        public override int Find(ReadOnlySpan<byte> line, List<CapturePlace> places)
        {
            if (!_matcher.IsMatch(line))
                return 0;

            string characters = Encoding.UTF8.GetString(line);
            var map = new CharacterMap(line, characters.Length);
            int matches = 0;
            for (var match = regex.Match(characters); match.Success; match = match.NextMatch())
            {
                if (match.Length == 0)
                    continue;

                matches++;
                foreach (int number in _groups)
                {
                    var group = number < 0 ? match : match.Groups[number];
                    int start = group.Success ? map.OffsetOf(group.Index) : -1;
                    places.Add(group.Success ? new CapturePlace(start, map.OffsetOf(group.Index + group.Length) - start) : CapturePlace.None);
                }
            }

            return matches;
        }

        public override void Dispose() => lines.Return(_matcher);
    }
}
