using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Texts;

/// <summary>The regexes of patterns, each made once: linear in time, culture-invariant, <c>^ $</c> at lines.</summary>
internal static class PatternCache
{
    /// <summary>The regex of a pattern. <paramref name="literal"/> is the value of the pattern's literal text, null for a regex.</summary>
    public static Regex RegexOf(BoundPattern pattern, string? literal, bool ignoreCase = false) => new(
        pattern.Regex ?? Regex.Escape(literal!),
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline
            | (ignoreCase || pattern.Flags.Contains('i') ? RegexOptions.IgnoreCase : RegexOptions.None));
}
