using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>Counts lines that match a pattern, and meanwhile those that match in either case alone, in one reading by several threads.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="eitherCase">The same one, where letters are meant in either case.</param>
/// <param name="candidates">Finds all lines that match one of them, among others; several threads may use it.</param>
/// <param name="cancellationToken">Ends the search.</param>
internal sealed class MissedLines(LinePattern pattern, LinePattern eitherCase, LineMatcher candidates, CancellationToken cancellationToken)
{
    /// <summary>So many tries of single lines in a range cost less than to read it a second time.</summary>
    private const int MostInARange = 1000;

    private long _count;

    /// <summary>Whether only the pattern is looked for: a line matches, so that nobody asks what was missed, or too many are missed.</summary>
    private volatile bool _hasEnded;

    /// <summary>How many lines match in either case alone; null where they are not counted.</summary>
    public long? Count => _hasEnded ? null : Interlocked.Read(ref _count);

    /// <summary>How many lines of a range match the pattern.</summary>
    public long CountIn(TextSlice range)
    {
        using var window = new LineWindow(range, cancellationToken);
        var matcher = pattern.Rent();
        var other = eitherCase.Rent();
        long matching = 0;
        int missed = 0, tried = 0;
        try
        {
            while (window.MoveNext())
            {
                var bytes = window.Bytes;
                for (int at = 0; at < bytes.Length;)
                {
                    bool areBoth = !_hasEnded;
                    int found = (areBoth ? candidates : matcher).Find(bytes, at);
                    if (found < 0)
                        break;

                    int start = at + bytes[at..found].LastIndexOf((byte)'\n') + 1;
                    (int end, at) = LineMatcher.LineEnd(bytes, found);
                    if (!areBoth || matcher.IsMatch(bytes[start..end]))
                        matching++;
                    else if (other.IsMatch(bytes[start..end]))
                        missed++;
                    if (areBoth && (matching > 0 || ++tried > MostInARange))
                        _hasEnded = true;
                }
            }

            Interlocked.Add(ref _count, missed);
            return matching;
        }
        finally
        {
            pattern.Return(matcher);
            eitherCase.Return(other);
        }
    }
}
