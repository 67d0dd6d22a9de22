namespace Rlm.Testing;

/// <summary>A call came that the script has no reply for.</summary>
public sealed class UnscriptedCallException(string message) : Exception(message);
