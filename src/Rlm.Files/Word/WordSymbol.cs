using System.Globalization;
using System.Text;

namespace Rlm.Files.Word;

/// <summary>The signs of fonts that have codes of their own.</summary>
internal static class WordSymbol
{
    // From code 0x41 on; the signs of the alphabet in the font Symbol.
    private const string Upper = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    private const string Lower = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

    private static readonly (int Code, string Sign)[] OfSymbol =
    [
        (0x22, "∀"), (0x24, "∃"), (0x27, "∋"), (0x2A, "∗"), (0x2D, "−"), (0x40, "≅"), (0x5C, "∴"), (0x5E, "⊥"), (0xA2, "′"),
        (0xA3, "≤"), (0xA5, "∞"), (0xAB, "↔"), (0xAC, "←"), (0xAD, "↑"), (0xAE, "→"), (0xAF, "↓"), (0xB0, "°"), (0xB1, "±"),
        (0xB2, "″"), (0xB3, "≥"), (0xB4, "×"), (0xB5, "∝"), (0xB6, "∂"), (0xB7, "•"), (0xB8, "÷"), (0xB9, "≠"), (0xBA, "≡"),
        (0xBB, "≈"), (0xBC, "…"), (0xC5, "⊕"), (0xC6, "∅"), (0xC7, "∩"), (0xC8, "∪"), (0xCC, "⊂"), (0xCE, "∈"), (0xCF, "∉"),
        (0xD1, "∇"), (0xD2, "®"), (0xD3, "©"), (0xD4, "™"), (0xD5, "∏"), (0xD6, "√"), (0xD7, "⋅"), (0xD8, "¬"), (0xD9, "∧"),
        (0xDA, "∨"), (0xDB, "⇔"), (0xDC, "⇐"), (0xDE, "⇒"), (0xE5, "∑"), (0xF2, "∫"),
    ];

    private static readonly (int Code, string Sign)[] OfWingdings =
    [
        (0x28, "☎"), (0x2A, "✉"), (0x46, "☞"), (0x4A, "☺"), (0x4C, "☹"), (0x6C, "●"), (0x6E, "■"), (0x6F, "□"), (0x71, "❑"),
        (0x76, "❖"), (0xA7, "▪"), (0xA8, "☐"), (0xD8, "➢"), (0xDF, "←"), (0xE0, "→"), (0xE1, "↑"), (0xE2, "↓"), (0xE8, "➔"),
        (0xF0, "⇨"), (0xFB, "✗"), (0xFC, "✓"), (0xFD, "☒"), (0xFE, "☑"),
    ];

    /// <summary>A letter of Unicode, such as a face; null where the code stands for a sign of a font.</summary>
    /// <param name="code">Its code, hexadecimal.</param>
    public static string? FindLetter(string? code) =>
        int.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int letter)
            && Rune.IsValid(letter) && letter > 0x20 && letter is not (>= 0xE000 and <= 0xF8FF) ? new Rune(letter).ToString() : null;

    /// <summary>The sign in Unicode; null where none is known.</summary>
    /// <param name="font">The font that it is set in.</param>
    /// <param name="code">Its code there, hexadecimal.</param>
    public static string? Find(string? font, string? code)
    {
        if (!int.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int sign))
            return null;
        if (sign is > 0xFF and < 0xD800 or > 0xF8FF and <= 0xFFFD)
            return ((char)sign).ToString();

        sign &= 0xFF;
        return font?.ToUpperInvariant() switch
        {
            "SYMBOL" when sign is >= 0x41 and <= 0x5A => Upper[sign - 0x41].ToString(),
            "SYMBOL" when sign is >= 0x61 and <= 0x7A => Lower[sign - 0x61].ToString(),
            "SYMBOL" when sign is >= 0x30 and <= 0x39 => ((char)sign).ToString(),
            "SYMBOL" => FindIn(OfSymbol, sign),
            "WINGDINGS" => FindIn(OfWingdings, sign),
            "WINGDINGS 2" => sign switch { 0x50 => "✓", 0x4F => "✗", 0x51 or 0x54 => "☒", 0x52 => "☑", 0xA3 => "□", _ => null },
            _ => null,
        };
    }

    private static string? FindIn((int Code, string Sign)[] signs, int code)
    {
        foreach (var (other, sign) in signs)
        {
            if (other == code)
                return sign;
        }

        return null;
    }
}
