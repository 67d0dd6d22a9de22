using System.Globalization;

namespace Rlm.Offline.Reading;

/// <summary>
/// The one question of Unicode that <see cref="char"/> does not answer: whether a character only decorates the one before.
/// </summary>
internal static class CharUnicode
{
    public static bool IsMark(char c) => c > '\u02FF'
        && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
