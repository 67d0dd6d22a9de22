using System.Text.Json;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>What came of a call of a tool that writes.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="Tool">The tool's name.</param>
internal sealed record ToolOutcome(string Key, string Tool)
{
    /// <summary>What it gave; null for none.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Why it failed, or was not made, in one line; null for a call that ended well.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it is that of an earlier run, and nothing was called.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>What a journal has of a call of a tool that writes.</summary>
/// <param name="Outcome">What came of it, so that it is not made; null where that is not known.</param>
/// <param name="MayHaveBeenMade">Whether it was begun, and nothing says that it ended well.</param>
internal sealed record HeldToolCall(ToolOutcome? Outcome, bool MayHaveBeenMade = false);
