namespace Rlm;

/// <summary>A question of a conversation that was answered.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The whole answer.</param>
public sealed record RlmExchange(string Question, string Answer);
