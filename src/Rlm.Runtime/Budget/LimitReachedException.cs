namespace Rlm.Runtime.Budget;

/// <summary>Tokens or money ran out. The message is one line that names the limit, what is used, and the option.</summary>
internal sealed class LimitReachedException(string message) : Exception(message);
