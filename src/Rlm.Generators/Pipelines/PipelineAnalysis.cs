using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>What was read of a pipeline's method, in the parts that change for reasons of their own.</summary>
/// <param name="Model">What code is made from; null where none can be.</param>
/// <param name="Program">What is checked; null without a model.</param>
/// <param name="Place">Where the program stands; null where that is not in this compilation.</param>
/// <param name="File">The file that has the program; null where the attribute has it.</param>
/// <param name="Findings">What is wrong with the method.</param>
internal sealed record PipelineAnalysis(
    PipelineModel? Model, PipelineProgram? Program, ProgramPlace? Place, ProgramFileName? File, EquatableArray<Finding> Findings)
{
    /// <summary>The same with the program that its file has.</summary>
    public PipelineAnalysis ReadFile(IEnumerable<PipelineFile> files)
    {
        if (File is null || Model is null || Program is null)
            return this;

        var found = PipelineFile.FindAll(files, File.Name, File.Place.Path);
        if (found is [var only])
        {
            return this with
            {
                Model = Model with { Program = only.Text },
                Program = Program with { Text = only.Text },
                Place = new ProgramFilePlace(only.Path, only.Text),
            };
        }

        string message = found.Count == 0
            ? $"`{File.Name}` is not among the project's additional files; add `<AdditionalFiles Include=\"{File.Name}\" />` to the project"
            : $"`{File.Name}` may be {string.Join(" or ", found.Select(file => $"`{file.Path}`"))}; write more of its path";
        return this with
        {
            Model = null,
            Program = null,
            Findings = new EquatableArray<Finding>(Findings.Append(new Finding(GeneratorDiagnostics.ProgramFile, message, File.Place))),
        };
    }

    /// <summary>The findings of the method, and those of the checked program at their places.</summary>
    public EquatableArray<Finding> Locate(IEnumerable<CheckedProgram> programs)
    {
        var found = Place is null || Program is null
            ? default
            : programs.First(program => program.FileName == Program.FileName).Findings;
        return new EquatableArray<Finding>(Findings.Concat(
            found.Select(finding => new Finding(finding.Descriptor, finding.Message, Place!.PlaceOf(finding.Span)))));
    }
}

/// <summary>The name of a file with a program, and where it is given.</summary>
internal sealed record ProgramFileName(string Name, SourcePlace Place);
