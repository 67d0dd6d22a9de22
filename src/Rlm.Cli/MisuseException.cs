namespace Rlm.Cli;

/// <summary>A command that is found wrong only when it is prepared, as where what it needs is not there.</summary>
/// <param name="message">What is wrong and what to do, in one line.</param>
internal sealed class MisuseException(string message) : Exception(message);
