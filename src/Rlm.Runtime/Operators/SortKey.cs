using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>Keys that are compared many times.</summary>
internal static class SortKey
{
    // Longer texts differ early as a rule, and stay where they are.
    private const int LongestCopyBytes = 1024;

    /// <summary>The key with a short slice copied, so that comparing does not read its source again and again.</summary>
    public static Value Of(Value key) => key is TextValue { Slice: not null, LengthBytes: <= LongestCopyBytes } text
        ? new TextValue(text.ToString())
        : ListValue.Settled(key);
}
