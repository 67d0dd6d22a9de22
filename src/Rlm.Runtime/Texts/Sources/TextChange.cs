namespace Rlm.Runtime.Texts.Sources;

/// <summary>What happened to a text while it was read.</summary>
/// <param name="Message">What there is to say of it.</param>
/// <param name="IsGrowth">Whether more was written behind it, and what is read is as it was.</param>
internal sealed record TextChange(string Message, bool IsGrowth);
