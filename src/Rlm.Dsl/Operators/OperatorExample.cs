namespace Rlm;

/// <summary>An example of an operator, which is also its test.</summary>
/// <param name="Program">The program; it may use <c>context</c>.</param>
/// <param name="Context">The text of <c>context</c>.</param>
/// <param name="Result">The rendered answer.</param>
public sealed record OperatorExample(string Program, string Context, string Result)
{
    internal OperatorExample(string program, string context, string result, params string[] replies)
        : this(program, context, result) => Replies = replies;

    /// <summary>What the sub-model answers, call by call; empty for a free operator.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];
}
