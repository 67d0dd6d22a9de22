using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>What <c>parse</c> could not read, with the first places.</summary>
internal sealed class ParseNote(string format) : RunningNote
{
    /// <summary>What is counted of all rows of tables.</summary>
    public const string RowNoun = "row";

    /// <summary>What is counted of all lines of JSON.</summary>
    public const string LineNoun = "line";

    private const int MaxPlaces = 3;
    private const string Remedy = "look at those lines with `peek`; `extract` reads rows that are not a table";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Noun, string What), (long Count, List<long> Lines, string? Remedy)> _problems = [];
    private long _rowCount;
    private readonly ReadingTally _read = new();

    public override string? Text
    {
        get
        {
            lock (_gate)
            {
                return _problems.Count == 0
                    ? null
                    : $"parse {format}: " + string.Join("; ", _problems.Select(problem => TextOf(problem.Key)));
            }
        }
    }

    public override IReadOnlyList<RlmLoss> Losses
    {
        get
        {
            lock (_gate)
            {
                return [.. _problems.Where(problem => problem.Value.Remedy is not null)
                    .Select(problem => new RlmLoss(
                        RlmLossKind.RowsLeftOut,
                        $"parse {format}: {TextOf(problem.Key)}",
                        problem.Value.Remedy) { Count = problem.Value.Count, Of = AllOf(problem.Key.Noun) })];
            }
        }
    }

    public override IReadOnlyList<SourceReading> Readings => _read.Of($"parse {format}", format is "json" or "jsonl" ? LineNoun : RowNoun);

    /// <summary>Counts a problem.</summary>
    /// <param name="noun">What has it: a row, a line.</param>
    /// <param name="what">The problem and what became of it, with <c>{one|many}</c> where words differ.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="remedy">What to write instead, for a problem that makes the value partial; null for any other.</param>
    /// <param name="times">How often it is there, first at the place.</param>
    public void Count(string noun, string what, TextSlice place, string? remedy = null, long times = 1)
    {
        lock (_gate)
        {
            if (!_problems.TryGetValue((noun, what), out var problem))
                problem = (0, [], remedy);
            if (problem.Lines.Count < MaxPlaces)
                problem.Lines.Add(place.FirstLine);
            _problems[(noun, what)] = problem with { Count = problem.Count + times };
        }
    }

    /// <summary>Counts a row with other cells than the header has.</summary>
    public void CountMisfit(DelimitedRows row)
    {
        int surplus = row.CellCount - row.Width;
        if (surplus < 0)
            Count(RowNoun, "{has|have} too few cells, the others are none", row.Row);
        else if (surplus > 0)
            Count(RowNoun, "{has|have} more cells than the header, which are left out", row.Row, Remedy);
    }

    /// <summary>Counts a row that cannot be told apart into cells, and is left out.</summary>
    public void CountFault(DelimitedRows row) => Count(RowNoun, FaultText(row.Fault), row.Row, Remedy);

    /// <summary>Counts a date whose text does not say it whole.</summary>
    public void CountGuess(DateGuess guess, TextSlice place) => Count("date",
        guess.HasFlag(DateGuess.Year)
            ? "{has|have} no year, which is a guess: the last before the file was changed or the run began"
            : "can be read month first and day first, and {is|are} read month first", place);

    /// <summary>
    /// Takes over what a reader has counted: rows, or lines that are to be rows, whether there was anything with them or not.
    /// </summary>
    /// <param name="source">What they are of; null for a computed text.</param>
    /// <param name="rows">The reader's count, which is none then: a reader may be disposed of twice.</param>
    /// <param name="leftOut">Those of them that are left out, in the same way.</param>
    public void TakeRows(TextSource? source, ref long rows, ref long leftOut)
    {
        _read.Add(source, rows, leftOut);
        lock (_gate)
            _rowCount += rows;
        (rows, leftOut) = (0, 0);
    }

    private string TextOf((string Noun, string What) problem)
    {
        var (count, lines, _) = _problems[problem];
        string counted = AllOf(problem.Noun) is { } all ? Amount.Of(count, all, problem.Noun) : Amount.Of(count, problem.Noun);
        return $"{counted} {Amount.Agree(count, problem.What)} ({Places(count, lines)})";
    }

    private static string FaultText(DelimitedFault fault) => fault switch
    {
        DelimitedFault.UnclosedQuote => "{has|have} a quote that is never closed and {is|are} left out",
        DelimitedFault.TextAfterQuote => "{has|have} text after a closing quote and {is|are} left out",
        _ => "{is|are} longer than 16 MiB and {is|are} left out",
    };

    private long? AllOf(string noun) => noun is RowNoun or LineNoun && _rowCount > 0 ? _rowCount : null;

    private static string Places(long count, List<long> lines) =>
        $"{Amount.Agree(lines.Count, "{line|lines}")} {string.Join(", ", lines.Select(Amount.Of))}{(count > lines.Count ? ", …" : "")}";
}
