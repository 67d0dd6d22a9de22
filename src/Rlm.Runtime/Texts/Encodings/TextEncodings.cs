using System.Globalization;
using System.Text;

namespace Rlm;

/// <summary>The encodings that texts may be read from, by name.</summary>
public static class TextEncodings
{
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["utf8"] = "utf-8",
        ["utf16"] = "utf-16",
        ["utf16le"] = "utf-16",
        ["utf16be"] = "utf-16be",
        ["utf32"] = "utf-32",
        ["latin1"] = "iso-8859-1",
        ["latin2"] = "iso-8859-2",
        ["latin9"] = "iso-8859-15",
        ["ansi"] = "windows-1252",
        ["sjis"] = "shift_jis",
        ["shiftjis"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["eucjp"] = "euc-jp",
        ["euckr"] = "euc-kr",
        ["gbk"] = "gb18030",
        ["gb2312"] = "gb18030",
        ["cp936"] = "gb18030",
        ["cp949"] = "ks_c_5601-1987",
        ["cp950"] = "big5",
        ["koi8r"] = "koi8-r",
        ["koi8u"] = "koi8-u",
        ["macroman"] = "macintosh",
    };

    /// <summary>
    /// The encoding of a name such as <c>cp1252</c>, <c>latin1</c>, <c>Shift_JIS</c> or <c>utf-16le</c>; null where there is none.
    /// </summary>
    public static Encoding? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string key = name.Trim().ToLowerInvariant();
        string plain = key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (Synonyms.TryGetValue(plain, out string? known))
            key = known;
        string number = plain.StartsWith("windows", StringComparison.Ordinal) ? plain[7..]
            : plain.StartsWith("cp", StringComparison.Ordinal) ? plain[2..]
            : "";
        bool isNumbered = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int page) && known is null;
        try
        {
            return isNumbered ? CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page)
                : CodePagesEncodingProvider.Instance.GetEncoding(key) ?? Encoding.GetEncoding(key);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
