using Rlm.Generators.Support;
using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>A program and what it finds: all that its check depends on, so that nothing else makes it run again.</summary>
/// <param name="FileName">The file of the pipeline's code, which tells pipelines apart.</param>
/// <param name="Text">The program.</param>
/// <param name="Variables">The variables that it finds.</param>
/// <param name="Tools">The tools that it finds.</param>
/// <param name="Answer">The type that its answer must have; null for any.</param>
internal sealed record PipelineProgram(
    string FileName, string Text, EquatableArray<ProgramVariable> Variables, EquatableArray<ToolModel> Tools, HostType? Answer);
