using System.Globalization;
using Rlm.Runtime.Execution;

namespace Rlm.Runtime.Operators;

/// <summary>What <c>parse</c> could not read, with the first places.</summary>
internal sealed class ParseNote(string format) : RunningNote
{
    private const int MaxPlaces = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Count, List<long> Lines)> _problems = new(StringComparer.Ordinal);

    public override string? Text
    {
        get
        {
            lock (_gate)
            {
                return _problems.Count == 0 ? null : $"parse {format}: " + string.Join("; ", _problems.Select(problem =>
                    string.Create(CultureInfo.InvariantCulture, $"{problem.Value.Count:N0} {problem.Key} ({Places(problem.Value.Count, problem.Value.Lines)})")));
            }
        }
    }

    /// <summary>Counts a problem; <paramref name="what"/> is in the plural and says what became of it.</summary>
    public void Count(string what, Texts.TextSlice place)
    {
        lock (_gate)
        {
            if (!_problems.TryGetValue(what, out var problem))
                problem = (0, []);
            if (problem.Lines.Count < MaxPlaces)
                problem.Lines.Add(place.FirstLine);
            _problems[what] = (problem.Count + 1, problem.Lines);
        }
    }

    private static string Places(long count, List<long> lines) =>
        $"{(lines.Count == 1 ? "line" : "lines")} {string.Join(", ", lines.Select(line => line.ToString("N0", CultureInfo.InvariantCulture)))}{(count > lines.Count ? ", …" : "")}";
}
