using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>One item that a sub-model is asked about.</summary>
/// <param name="Instruction">The prompt, its holes references to the data.</param>
/// <param name="Data">What is asked about, below the prompt or as one row of many.</param>
/// <param name="Source">The text that quotes must occur in; null where there is none.</param>
internal sealed record AskItem(string Instruction, string Data, TextValue? Source)
{
    /// <summary>Whether all that is asked about is none or blank.</summary>
    public bool IsBlank { get; init; }
}
