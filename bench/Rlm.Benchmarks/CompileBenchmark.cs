using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Rlm.Dsl;
using Rlm.Testing;

namespace Rlm.Benchmarks;

/// <summary>What do binding and planning add to Sprache's parsing, and do all three grow with the length alone?</summary>
[MemoryDiagnoser]
public class CompileBenchmark
{
    private static readonly CompositeFormat Part = CompositeFormat.Parse(
        """
        let rows{0} = context | extract "Date: {{date}} || User: {{user}} || Instance: {{text}}" as {{date: date}}
        let spam{0} = rows{0} | where month(date) == 3 | extend k = llm "Is it spam? {{text}}" as one of ["yes", "no"]
        spam{0} | where k == "yes" | extend n = length(text) | sum n by user | top 3 by sum | to table

        """);

    private readonly TextSource _context = TextSource.FromString(
        """
        Date: Mar 3, 2025 || User: 7 || Instance: You won
        Date: Apr 4, 2025 || User: 8 || Instance: See you
        """);

    private string _program = "";

    /// <summary>How long the program is: parts of six stages that ask a model, each with names of its own.</summary>
    [Params(1, 4, 16, 64)]
    public int Kilobytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var program = new StringBuilder();
        for (int part = 0; program.Length < Kilobytes * 1024; part++)
            program.AppendFormat(CultureInfo.InvariantCulture, Part, part);
        _program = program.ToString();
        var compiled = RlmProgram.Compile(_program);
        if (compiled.HasErrors || !compiled.IsPaid)
            throw new InvalidOperationException(string.Join('\n', compiled.Diagnostics));
    }

    [Benchmark(Baseline = true)]
    public object Parse() => ProgramParser.Parse(new SourceText(_program));

    [Benchmark]
    public RlmProgram ParseAndBind() => NewSession().Compile(_program);

    [Benchmark]
    public Task<SpendingPlan> ParseBindAndPlan() => NewSession().PlanAsync(_program);

    private RlmSession NewSession() => new(new ScriptedChatClient(), [RlmVariable.Text("context", _context)]);
}
