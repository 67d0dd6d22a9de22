namespace Rlm.Cli.Report;

/// <summary>How much of its texts a page of many calls holds, so that a browser can open it.</summary>
internal static class TextRoom
{
    /// <summary>Calls that are listed.</summary>
    public const int MaxCalls = 200_000;

    /// <summary>Characters of an answer, or of one quoted place.</summary>
    public const int MaxAnswerChars = 200_000;

    private const long AllChars = 24_000_000;
    private const int LeastChars = 200, MostChars = 20_000, ShareOfFailed = 4;

    /// <summary>The most characters of one text of a call.</summary>
    /// <param name="calls">How many calls the page lists.</param>
    /// <param name="isOfInterest">Whether the call failed, or its reply is of no use.</param>
    public static int CharsOf(int calls, bool isOfInterest)
    {
        long share = AllChars / Math.Max(1, calls);
        return (int)Math.Clamp(isOfInterest ? share * ShareOfFailed : share, LeastChars, MostChars);
    }

    /// <summary>The start of a text, and how many characters of it are left out.</summary>
    public static (string Kept, int LeftOut) Cut(string text, int maxChars)
    {
        if (text.Length <= maxChars)
            return (text, 0);

        int kept = char.IsHighSurrogate(text[maxChars - 1]) ? maxChars - 1 : maxChars;
        return (text[..kept], text.Length - kept);
    }
}
