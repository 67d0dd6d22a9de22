namespace Rlm.Runtime.Values;

/// <summary>A value of the language. Values are immutable and safe to share between threads.</summary>
internal abstract class Value;
