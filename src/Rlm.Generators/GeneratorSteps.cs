namespace Rlm.Generators;

/// <summary>The names of the tracked steps.</summary>
internal static class GeneratorSteps
{
    public const string ToolClasses = nameof(ToolClasses);
    public const string ToolClassFindings = nameof(ToolClassFindings);
    public const string StrayTools = nameof(StrayTools);
    public const string Pipelines = nameof(Pipelines);
    public const string PipelinePrograms = nameof(PipelinePrograms);
    public const string ProgramChecks = nameof(ProgramChecks);
    public const string PipelineFindings = nameof(PipelineFindings);
}
