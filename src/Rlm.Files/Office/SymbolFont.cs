using System.Globalization;
using System.Text;

namespace Rlm.Files.Office;

/// <summary>The signs of fonts that have codes of their own, which stand in texts as the letters of those codes or of U+F000 and on.</summary>
internal static class SymbolFont
{
    private const char Unknown = '\uFFFD';

    private static readonly char[] PrivateLetters = [.. Enumerable.Range(0xE000, 0xF900 - 0xE000).Select(letter => (char)letter)];

    private static readonly System.Buffers.SearchValues<char> Private = System.Buffers.SearchValues.Create(PrivateLetters);

    private static readonly string[] Fonts = ["Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"];

    // The codes from 0x20 on, and those from 0xA0 on (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt).
    private const string LowSymbols = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

    private const string HighSymbols =
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

    // Pairs of a code and its sign; those that are not here are ornaments, clocks and signs of the zodiac.
    private static readonly Dictionary<int, string> OfWingdings = new()
    {
        [0x22] = "✂",
        [0x23] = "✁",
        [0x28] = "☎",
        [0x29] = "✆",
        [0x2A] = "✉",
        [0x36] = "⌛",
        [0x3E] = "✇",
        [0x3F] = "✍",
        [0x41] = "✌",
        [0x45] = "☜",
        [0x46] = "☞",
        [0x47] = "☝",
        [0x48] = "☟",
        [0x4A] = "☺",
        [0x4C] = "☹",
        [0x4E] = "☠",
        [0x51] = "✈",
        [0x52] = "☼",
        [0x54] = "❄",
        [0x58] = "✠",
        [0x59] = "✡",
        [0x5A] = "☪",
        [0x5B] = "☯",
        [0x6C] = "●",
        [0x6D] = "❍",
        [0x6E] = "■",
        [0x6F] = "□",
        [0x70] = "❐",
        [0x71] = "❑",
        [0x72] = "❒",
        [0x74] = "⧫",
        [0x75] = "◆",
        [0x76] = "❖",
        [0x78] = "☒",
        [0x7A] = "⌘",
        [0x7D] = "“",
        [0x7E] = "”",
        [0x80] = "⓪",
        [0x8B] = "⓿",
        [0x9E] = "·",
        [0x9F] = "•",
        [0xA1] = "○",
        [0xA4] = "◉",
        [0xA5] = "◎",
        [0xA7] = "▪",
        [0xA8] = "☐",
        [0xAA] = "✦",
        [0xAB] = "★",
        [0xAC] = "✶",
        [0xAD] = "✴",
        [0xAE] = "✹",
        [0xAF] = "✵",
        [0xD5] = "⌫",
        [0xD6] = "⌦",
        [0xD8] = "➢",
        [0xDC] = "➲",
        [0xDF] = "←",
        [0xE0] = "→",
        [0xE1] = "↑",
        [0xE2] = "↓",
        [0xE3] = "↖",
        [0xE4] = "↗",
        [0xE5] = "↙",
        [0xE6] = "↘",
        [0xE8] = "➔",
        [0xEF] = "⇦",
        [0xF0] = "⇨",
        [0xF1] = "⇧",
        [0xF2] = "⇩",
        [0xF3] = "⬄",
        [0xF4] = "⇳",
        [0xFB] = "✗",
        [0xFC] = "✓",
        [0xFD] = "☒",
        [0xFE] = "☑",
    };

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

        return sign is > 0xFF and < 0xD800 or > 0xF8FF and <= 0xFFFD ? ((char)sign).ToString() : FindSign(font, sign & 0xFF);
    }

    /// <summary>The text as it is seen, where letters stand for signs of a font.</summary>
    /// <param name="text">The text.</param>
    /// <param name="font">The font of the letters of ASCII; null where it is not known.</param>
    /// <param name="highFont">The font of other letters.</param>
    /// <param name="unknown">How many signs are not known, and U+FFFD.</param>
    public static string ToUnicode(string text, string? font, string? highFont, out int unknown)
    {
        unknown = 0;
        bool isLow = Has(font), isHigh = Has(highFont);
        if (!isLow && !isHigh && !text.AsSpan().ContainsAny(Private))
            return text;

        var seen = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            bool isPrivate = letter is >= '\uE000' and <= '\uF8FF';
            bool isSign = isPrivate || (letter > ' ' && (letter < 0x80 ? isLow : isHigh && letter <= 0xFF));
            string? sign = !isSign ? letter.ToString()
                : isPrivate && letter is < '\uF000' or > '\uF0FF' ? null
                : FindSign(letter < 0x80 || (isPrivate && !isHigh) ? font : highFont, letter & 0xFF);
            unknown += sign is null ? 1 : 0;
            seen.Append(sign ?? Unknown.ToString());
        }

        return seen.ToString();
    }

    private static bool Has(string? font) => font is not null && Fonts.Contains(font, StringComparer.OrdinalIgnoreCase);

    private static string? FindSign(string? font, int code) => font?.ToUpperInvariant() switch
    {
        "SYMBOL" when code is >= 0x20 and <= 0x7E => LowSymbols[code - 0x20].ToString(),
        "SYMBOL" when code is >= 0xA0 and <= 0xFE && HighSymbols[code - 0xA0] is not '\0' and var sign => sign.ToString(),
        "WINGDINGS" or "WINGDINGS 2" or "WINGDINGS 3" or "WEBDINGS" when code == 0x20 => " ",
        "WINGDINGS" when code is >= 0x81 and <= 0x8A => ((char)('①' + code - 0x81)).ToString(),
        "WINGDINGS" when code is >= 0x8C and <= 0x95 => ((char)('❶' + code - 0x8C)).ToString(),
        "WINGDINGS" => OfWingdings.GetValueOrDefault(code),
        "WINGDINGS 2" => code switch { 0x50 => "✓", 0x4F => "✗", 0x51 or 0x54 => "☒", 0x52 => "☑", 0xA3 => "□", _ => null },
        "WINGDINGS 3" when code is >= 0x70 and <= 0x7B => "▲▼△▽◀▶◁▷◣◢◤◥"[code - 0x70].ToString(),
        "WEBDINGS" => code switch { 0x61 => "✔", 0x63 => "□", 0x67 => "■", 0x72 => "✖", _ => null },
        _ => null,
    };
}
