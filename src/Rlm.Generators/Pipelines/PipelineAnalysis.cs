using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>What was read of a pipeline's method, in the parts that change for reasons of their own.</summary>
/// <param name="Model">What code is made from; null where none can be.</param>
/// <param name="Program">What is checked; null without a model.</param>
/// <param name="Literal">Where the program stands; null where the attribute is not in this compilation.</param>
/// <param name="Findings">What is wrong with the method.</param>
internal sealed record PipelineAnalysis(
    PipelineModel? Model, PipelineProgram? Program, ProgramLiteral? Literal, EquatableArray<Finding> Findings)
{
    /// <summary>The findings of the method, and those of the checked program at their places.</summary>
    public EquatableArray<Finding> Locate(IEnumerable<CheckedProgram> programs)
    {
        var found = Literal is null || Program is null
            ? default
            : programs.First(program => program.FileName == Program.FileName).Findings;
        return new EquatableArray<Finding>(Findings.Concat(
            found.Select(finding => new Finding(finding.Descriptor, finding.Message, Literal!.PlaceOf(finding.Span)))));
    }
}
