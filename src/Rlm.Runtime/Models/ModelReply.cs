namespace Rlm.Runtime.Models;

/// <summary>A model's reply and what it used.</summary>
internal sealed record ModelReply(string Text, long InputTokens, long OutputTokens);
