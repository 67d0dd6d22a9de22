namespace Rlm.Dsl.Formats;

/// <summary>Why a text is not a pattern, and what there is.</summary>
internal sealed record PatternFault(string Message, string Help);
