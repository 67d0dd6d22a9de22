using System.Runtime.CompilerServices;
using System.Text;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tables;

/// <summary>How a table is written, told from its first rows.</summary>
/// <param name="Table">The table, without a byte order mark and a first line <c>sep=</c>.</param>
/// <param name="Delimiter">What stands between cells.</param>
/// <param name="EndsAtCr">Whether a lone CR ends a row.</param>
internal sealed record DelimitedDialect(TextSlice Table, byte Delimiter, bool EndsAtCr)
{
    private const int SampleBytes = 256 * 1024;

    // Where nothing else decides, the first of them.
    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    private static readonly ConditionalWeakTable<TextSource, DelimitedDialect> OfSources = [];

    /// <summary>Where the header begins; lines before it are comments.</summary>
    public long HeaderStart { get; init; }

    /// <summary>Whether backslashes escape quotes, delimiters and themselves.</summary>
    public bool IsEscaped { get; init; }

    /// <summary>Whether rows are known to be written so, and are not tried in another way.</summary>
    public bool IsCertain { get; init; }

    /// <summary>The dialect of a table; that of a whole source is told once.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isTabbed">Whether tabs are known to part its cells; else it is what the first rows agree on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static DelimitedDialect Of(TextSlice table, bool isTabbed, CancellationToken cancellationToken) =>
        isTabbed || table != table.Source.Whole ? Tell(table, isTabbed, cancellationToken)
            : OfSources.GetValue(table.Source, source => Tell(source.Whole, isTabbed: false, cancellationToken));

    private static DelimitedDialect Tell(TextSlice table, bool isTabbed, CancellationToken cancellationToken)
    {
        if (table.Length >= 3 && table.Source.GetSpan(table.Start, 3).SequenceEqual("\uFEFF"u8))
            table = table with { Start = table.Start + 3, Length = table.Length - 3 };
        byte[] delimiters = isTabbed ? [(byte)'\t'] : Delimiters;
        if (ReadDeclaration(table) is var (delimiter, start))
        {
            table = table with { Start = start, Length = table.End - start };
            delimiters = [delimiter];
        }

        var sample = table with { Length = Math.Min(table.Length, SampleBytes) };
        bool isCut = sample.Length < table.Length;
        var candidates =
            delimiters.Select(one => DialectTrial.Of(new DelimitedDialect(sample, one, false), isCut, cancellationToken)).ToList();
        if (HasLoneCr(sample, out bool hasLineFeed))
        {
            // Where rows agree as well with CRs in them, those are part of cells.
            var split = delimiters.Select(one => DialectTrial.Of(new DelimitedDialect(sample, one, true), isCut, cancellationToken));
            candidates = hasLineFeed ? [.. candidates, .. split] : [.. split];
        }

        var best = candidates.Aggregate((best, next) => next.IsBetterThan(best) ? next : best);
        return best.Dialect with { Table = table, IsEscaped = best.HasEscapes };
    }

    /// <summary>
    /// The delimiter that a first line such as <c>sep=;</c> names, as spreadsheets write it, and where the next line begins.
    /// </summary>
    private static (byte Delimiter, long Next)? ReadDeclaration(TextSlice table)
    {
        using var lines = new LineScanner(table with { Length = Math.Min(table.Length, 16) }) { EndsAtCr = true };
        if (!lines.MoveNext())
            return null;

        var line = lines.Bytes.Trim((byte)'"');
        bool isDeclared = line.Length == 5 && Ascii.EqualsIgnoreCase(line[..4], "sep="u8) && line[4] is not ((byte)'"' or >= 0x80);
        return isDeclared ? (line[4], lines.Next) : null;
    }

    private static bool HasLoneCr(TextSlice sample, out bool hasLineFeed)
    {
        var bytes = sample.Source.GetSpan(sample.Start, (int)sample.Length);
        hasLineFeed = bytes.Contains((byte)'\n');
        for (int at; (at = bytes.IndexOf((byte)'\r')) >= 0 && at + 1 < bytes.Length; bytes = bytes[(at + 1)..])
        {
            if (bytes[at + 1] != '\n')
                return true;
        }

        return false;
    }
}
