using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Planning;

/// <summary>A program's plan, and the stage that each line of it is about.</summary>
internal sealed record PlannedProgram(IReadOnlyList<BoundStage> Stages, SpendingPlan Plan);
