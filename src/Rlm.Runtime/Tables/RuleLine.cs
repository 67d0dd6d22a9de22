using System.Buffers;

namespace Rlm.Runtime.Tables;

/// <summary>
/// Lines that only draw a table: <c>|---|:-:|</c> below a header of Markdown, <c>----+----</c> of psql, <c>+----+</c> of mysql, <c>====</c> of
/// reStructuredText. They are not rows; a line that may be one is.
/// </summary>
internal static class RuleLine
{
    private const int ShortestRun = 3;

    private static readonly SearchValues<byte> Drawn = SearchValues.Create("-=+|: \t\r"u8);

    /// <summary>Whether a line draws.</summary>
    /// <param name="line">The line.</param>
    /// <param name="delimiter">What stands between cells of the table.</param>
    /// <param name="isBelowHeader">Whether the header is right before it. Elsewhere a row of dashes is a row.</param>
    /// <param name="isOneColumn">Whether the table has one column, in which any text is a cell.</param>
    public static bool Is(ReadOnlySpan<byte> line, byte delimiter, bool isBelowHeader, bool isOneColumn = false)
    {
        if (line.IsEmpty || !Drawn.Contains(line[0]))
            return false;

        for (int at = 0; (at += line[at..].IndexOfAnyExcept(Drawn) is var other and >= 0 ? other : line.Length - at) < line.Length; at++)
        {
            if (line[at] != delimiter)
                return false;
        }

        var drawn = line.Trim(" \t\r"u8);
        bool isWhole = !isOneColumn && !drawn.Contains(delimiter) && (drawn.IndexOf("---"u8) >= 0 || drawn.IndexOf("==="u8) >= 0);
        return drawn switch
        {
            [(byte)'+', .., (byte)'+'] or [(byte)'=', ..] => isWhole,
            _ when drawn.Contains((byte)'=') => false,
            [(byte)'|', ..] => isBelowHeader && HasOnlyRuns(drawn is [_, .. var inner, (byte)'|'] ? inner : drawn[1..], delimiter, 1),
            _ => isBelowHeader && HasOnlyRuns(drawn, delimiter, ShortestRun),
        };
    }

    /// <summary>Whether each cell is a line of some length, which a dash for a value that is not there need not be.</summary>
    private static bool HasOnlyRuns(ReadOnlySpan<byte> drawn, byte delimiter, int shortest)
    {
        foreach (var part in drawn.SplitAny([delimiter, (byte)'+', (byte)'|']))
        {
            var run = drawn[part].Trim(" \t"u8);
            bool isAligned = delimiter == (byte)'|' && run.Contains((byte)':');
            if (run.Trim((byte)':').Length < (isAligned ? 1 : shortest))
                return false;
        }

        return true;
    }
}
