using System.Globalization;
using Rlm.Runtime.Execution;

namespace Rlm.Runtime.Operators;

/// <summary>What <c>parse</c> could not read, with the first places.</summary>
internal sealed class ParseNote(string format) : RunningNote
{
    private const int MaxPlaces = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Count, List<long> Lines, string? Remedy)> _problems = new(StringComparer.Ordinal);

    public override string? Text
    {
        get
        {
            lock (_gate)
            {
                return _problems.Count == 0 ? null : $"parse {format}: " + string.Join("; ", _problems.Select(problem => TextOf(problem.Key)));
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
                    .Select(problem => new RlmLoss(RlmLossKind.RowsLeftOut, $"parse {format}: {TextOf(problem.Key)}", problem.Value.Remedy))];
            }
        }
    }

    /// <summary>Counts a problem.</summary>
    /// <param name="what">The problem in the plural, and what became of it.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="remedy">What to write instead, for a problem that makes the value partial; null for any other.</param>
    public void Count(string what, Texts.TextSlice place, string? remedy = null)
    {
        lock (_gate)
        {
            if (!_problems.TryGetValue(what, out var problem))
                problem = (0, [], remedy);
            if (problem.Lines.Count < MaxPlaces)
                problem.Lines.Add(place.FirstLine);
            _problems[what] = problem with { Count = problem.Count + 1 };
        }
    }

    private string TextOf(string what)
    {
        var (count, lines, _) = _problems[what];
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what} ({Places(count, lines)})");
    }

    private static string Places(long count, List<long> lines) =>
        $"{(lines.Count == 1 ? "line" : "lines")} {string.Join(", ", lines.Select(line => line.ToString("N0", CultureInfo.InvariantCulture)))}{(count > lines.Count ? ", …" : "")}";
}
