namespace Rlm.Runtime.Tests.Planning;

/// <summary>Programs that are made of one by putting stages between its own, which costs less than to make one from the start.</summary>
/// <param name="program">The program.</param>
/// <param name="seed">The number of its first variation.</param>
/// <param name="check">Whether a program has no errors.</param>
internal sealed class VariedProgram(string program, int seed, Func<string, bool> check)
{
    private const int Tries = 12;

    private static readonly string[] Stages =
    [
        "where \"{it}\" contains \"1\"", "where length(\"{it}\") > 5", "where kind != \"a\"", "where n > 6", "where text contains \"i\"",
        "where it is not failed", "where index > 0", "where prev(it) != none", "first 2", "skip 1", "last 3", "sort", "sort by n desc", "reverse", "distinct",
        "extend n = length(\"{it}\")", "extend m = \"{it}!\"", "extend share = length(\"{it}\") / sum(length(\"{it}\"))",
        "where llm \"Which?\"", "where llm \"Say: {it}\" votes 3", "map llm \"Say: {it}\"", "map llm \"Sum up.\" as text pack 3", "extend kind = llm \"Which?\" as one of [\"a\", \"b\", \"c\"] pack 2 calibrate 2",
        "extend kind = llm \"Which?\" as one of [\"a\", \"b\", \"c\"]", "extend kind = llm \"Which?\" as one of [\"a\", \"b\", \"c\"]",
        "extend llm \"Say: {it}\" as {kind: text, size: number?}", "reduce llm \"Sum up.\" by kind",
    ];

    private readonly Random _random = new(seed);

    /// <summary>So many programs at most, each with a stage or a few more than the one.</summary>
    public IEnumerable<string> Write(int count) =>
        Enumerable.Range(0, count).Select(_ => Vary()).OfType<string>().Distinct();

    private string? Vary()
    {
        string? varied = null;
        for (int more = 1 + _random.Next(3), tries = Tries; more > 0 && tries > 0; tries--)
        {
            string next = Insert(varied ?? program);
            if (!check(next))
                continue;
            varied = next;
            more--;
        }

        return varied;
    }

    private string Insert(string text)
    {
        string[] lines = text.Split('\n');
        ref string line = ref lines[_random.Next(lines.Length)];
        string[] parts = line.Split(" | ");
        int place = 1 + _random.Next(parts.Length);
        line = string.Join(" | ", [.. parts[..place], Stages[_random.Next(Stages.Length)], .. parts[place..]]);
        return string.Join('\n', lines);
    }
}
