using Rlm.Runtime.Evaluation.Stages;

namespace Rlm.Runtime.Asking;

/// <summary>What a plan knows of a stage's input and prompt where they rest on replies that are not there yet.</summary>
/// <param name="Value">The input.</param>
/// <param name="SharedTokens">Tokens of the prompt beside what reads the item; null where the window alone bounds them.</param>
/// <param name="ItemTokens">Tokens of what each item adds to it; null where the window alone bounds them.</param>
internal sealed record PendingInput(PlannedValue Value, long? SharedTokens, long? ItemTokens);
