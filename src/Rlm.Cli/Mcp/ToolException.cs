namespace Rlm.Cli.Mcp;

/// <summary>A call that cannot be done as it is written; the message goes to the model, which writes another.</summary>
internal sealed class ToolException(string message) : Exception(message);
