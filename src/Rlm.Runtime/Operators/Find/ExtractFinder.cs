using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Operators.Find;

/// <summary>Finds the captures of all matches on a line.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="mayTakeMore">Whether the last capture takes the rest of its line, where another key may stand.</param>
internal sealed class ExtractFinder(CapturePattern pattern, bool mayTakeMore) : ILineFinder<ExtractFinding, CapturePlace>
{
    private readonly LineCaptures _captures = pattern.Rent();

    public ExtractFinding Find(ReadOnlySpan<byte> line, List<CapturePlace> parts)
    {
        int matches = _captures.Find(line, parts);
        if (matches > 0)
            return new ExtractFinding(matches, false, false, mayTakeMore && TakesMore(line.Slice(parts[^1].Start, parts[^1].Length)));

        bool isBlank = LineScanner.IsBlankLine(line);
        return new ExtractFinding(0, isBlank, !isBlank && pattern.LooksAlike(line), false);
    }

    public void Dispose() => pattern.Return(_captures);

    /// <summary>Whether a value goes on with another key and its sign: <c>auth msg=ok</c>.</summary>
    private static bool TakesMore(ReadOnlySpan<byte> value)
    {
        for (int sign = value.IndexOf((byte)'='); sign > 0;)
        {
            int start = sign;
            while (start > 0 && IsOfKey(value[start - 1]))
                start--;
            if (start > 0 && start < sign && value[start - 1] == ' ')
                return true;
            int next = value[(sign + 1)..].IndexOf((byte)'=');
            sign = next < 0 ? -1 : sign + 1 + next;
        }

        return false;
    }

    private static bool IsOfKey(byte sign) => char.IsAsciiLetterOrDigit((char)sign) || sign is (byte)'_' or (byte)'.' or (byte)'-';
}
