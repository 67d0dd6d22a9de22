namespace Rlm.Files.Pdf;

/// <summary>Finds letters of scripts that are written from right to left.</summary>
internal static class RightToLeft
{
    /// <summary>Hebrew, Arabic, Syriac, Thaana, N'Ko and others up to U+08FF, and the forms of presentation.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) =>
        text.IndexOfAnyInRange('\u0590', '\u08FF') >= 0 || text.IndexOfAnyInRange('\uFB1D', '\uFDFF') >= 0
        || text.IndexOfAnyInRange('\uFE70', '\uFEFE') >= 0;
}
