namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>A call of a tool that was not made or not waited for; its message is why the item failed.</summary>
internal sealed class ToolRefusedException(string message) : Exception(message);
