using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>What a plan evaluated of a pipeline, so that the run need not: its free stages up to the first paid one.</summary>
/// <param name="Value">What goes into the stage behind them, as it can be read again.</param>
/// <param name="Stages">How many stages these are, in the order in which a run takes them.</param>
/// <param name="Evaluation">What was noted and lost meanwhile.</param>
internal sealed record EvaluatedStart(Value Value, int Stages, EvaluationContext Evaluation);
