using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Operators.Find;

/// <summary>
/// What a regex of <c>extract</c> that is matched line by line may have been meant as where no line matches: over the lines that its blanks reach.
/// </summary>
internal static class PatternsOverLines
{
    /// <param name="pattern">The pattern.</param>
    public static IEnumerable<BoundPattern> Of(BoundPattern pattern)
    {
        if (pattern is { SpansLines: false, Texts: null, Regex: { } regex } && regex.Contains("\\s", StringComparison.Ordinal))
            yield return pattern with { SpansLines = true };
    }
}
