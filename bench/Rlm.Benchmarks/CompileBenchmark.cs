using BenchmarkDotNet.Attributes;

namespace Rlm.Benchmarks;

/// <summary>How long do parsing and binding take, and do they grow with the length alone?</summary>
[MemoryDiagnoser]
public class CompileBenchmark
{
    private const string SixStages =
        """
        let rows = context | extract "Date: {date} || User: {user} || Instance: {text}" as {date: date}
        answer rows | where month(date) == 3 | extend n = length(text) | sum n by user | top 3 by sum | to table
        """;

    private string _program = "";

    /// <summary>How often the six-stage program stands in a row.</summary>
    [Params(1, 10, 100)]
    public int Copies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Only the last statement may answer.
        string shown = SixStages.Replace("answer rows", "rows", StringComparison.Ordinal);
        _program = string.Join('\n', Enumerable.Repeat(shown, Copies - 1).Append(SixStages));
        if (RlmProgram.Compile(_program).HasErrors)
            throw new InvalidOperationException("The program has errors.");
    }

    [Benchmark]
    public RlmProgram ParseAndBind() => RlmProgram.Compile(_program);
}
