namespace Rlm.Dsl.Parsing;

/// <summary>What a program may at most be. Text is refused before it is parsed, nesting and work while it is.</summary>
internal static class ParseLimits
{
    /// <summary>Longest program in characters; a model writes some hundred, a long hand-written one some ten thousand.</summary>
    public const int MaxLengthChars = 200_000;

    /// <summary>
    /// Deepest nesting of brackets, holes, conditions and negations; some 10 KB of stack each, and a compiler's thread has 1.5 MB.
    /// </summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Highest tree of a statement in nodes. A chain such as <c>1 + 1 + …</c> or <c>a.b.c…</c> nests nothing and still makes a high tree,
    /// over which the binder and the evaluator recurse; a level takes them up to 2 KB of stack.
    /// </summary>
    public const int MaxHeight = 400;

    /// <summary>Tokens that may be read for each character: alternatives that share a beginning read it again.</summary>
    public const int MaxStepsPerChar = 200;
}
