using System.Buffers;
using System.Text;

namespace Rlm.Files.Pdf;

/// <summary>Reads the signs of a page as letters.</summary>
internal static class Signs
{
    private const char FirstLigature = '\uFB00';

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    private static readonly SearchValues<char> Others = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(IsUnknown),
        .. Enumerable.Range(0, Ligatures.Length).Select(at => (char)(FirstLigature + at)),
    ]);

    /// <summary>
    /// The text with the letters of ligatures, as a search looks for them, and with a replacement character for a control character, which
    /// is the code of a sign that no font names.
    /// </summary>
    public static string Read(string text)
    {
        if (!text.AsSpan().ContainsAny(Others))
            return text;

        var read = new StringBuilder(text.Length);
        foreach (char sign in text)
        {
            if (sign >= FirstLigature && sign - FirstLigature < Ligatures.Length)
                read.Append(Ligatures[sign - FirstLigature]);
            else
                read.Append(IsUnknown(sign) ? '\uFFFD' : sign);
        }

        return read.ToString();
    }

    private static bool IsUnknown(char sign) => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t');
}
