namespace Rlm.Dsl.Operators;

/// <summary>An example of an operator, which is also its test.</summary>
/// <param name="Program">The program; it may use <c>context</c>.</param>
/// <param name="Context">The text of <c>context</c>.</param>
/// <param name="Result">The rendered answer.</param>
/// <param name="Replies">What the sub-model answers, call by call; empty for a free operator.</param>
internal sealed record OperatorExample(string Program, string Context, string Result, params string[] Replies);
