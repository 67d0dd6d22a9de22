using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>One item that a sub-model is asked about.</summary>
/// <param name="Instruction">The prompt with its holes filled for this item.</param>
/// <param name="Data">The item's text below the prompt; null where the prompt's holes hold it.</param>
/// <param name="Row">The item's text as one of many in a packed call.</param>
/// <param name="Source">The text that quotes must occur in; null where there is none.</param>
internal sealed record AskItem(string Instruction, string? Data, string Row, TextValue? Source);
