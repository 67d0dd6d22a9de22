namespace Rlm.Runtime.Asking.Children;

/// <summary>
/// How many calls the roots that a stage asks get of those that are left: half of them in equal parts, and one each at least. So neither
/// one of them nor all of them together take what the stages behind need, and roots below roots come to an end.
/// </summary>
internal static class ChildShare
{
    /// <summary>Roots that share the calls where a stage may stop before its last item.</summary>
    public const int RoundRoots = 8;

    /// <summary>The most calls that so many roots take together; more than are left where they cannot be asked.</summary>
    public static long MostOf(long left, long roots) => roots == 0 ? 0 : Math.Max(roots, left / 2);
}
