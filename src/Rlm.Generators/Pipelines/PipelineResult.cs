using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>What a pipeline's method gives.</summary>
/// <param name="IsWhole">Whether it is the result of the run, and not the answer alone.</param>
/// <param name="Type">The type of the answer; null for a text.</param>
internal sealed record PipelineResult(bool IsWhole, HostType? Type);
