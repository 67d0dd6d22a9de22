using System.Globalization;
using UglyToad.PdfPig.Logging;

namespace Rlm.Files.Pdf;

/// <summary>What the library found wrong with a page and went on from, as it does with many things that lose text.</summary>
internal sealed class PdfDamage : ILog
{
    /// <summary>Where the mark of a PDF's end stands, counted from behind.</summary>
    public const int EndBytes = 1024;

    /// <summary>What to do about a damaged file.</summary>
    public const string Advice = "fetch it again, or mend it, as with `qpdf FILE COPY`";

    // A code of two bytes is mostly Unicode itself, in fonts of Chinese, Japanese and Korean.
    private const int MostCode = 255;
    private const string UnknownSign = "We could not find the corresponding character with code ";

    /// <summary>What was wrong first; null where nothing was.</summary>
    public string? First { get; private set; }

    /// <summary>Whether a font does not say what letter a sign is, which many fonts of formulas and ornaments do not.</summary>
    public bool HasUnknownSigns { get; private set; }

    public static string ToOneLine(Exception exception) => ToOneLine(exception.Message);

    /// <summary>Begins with another page.</summary>
    public void Clear()
    {
        First = null;
        HasUnknownSigns = false;
    }

    public void Add(Exception exception) => First ??= ToOneLine(exception);

    public void Debug(string message)
    {
    }

    public void Debug(string message, Exception ex)
    {
    }

    public void Warn(string message)
    {
        if (!message.StartsWith(UnknownSign, StringComparison.Ordinal))
            First ??= ToOneLine(message);
        else
            HasUnknownSigns |= !int.TryParse(
                message[UnknownSign.Length..].Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int code) || code <= MostCode;
    }

    public void Error(string message) => Warn(message);

    public void Error(string message, Exception ex) => Warn(message);

    private static string ToOneLine(string message)
    {
        const int most = 120;
        string line = string.Concat(message.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))).TrimEnd('.', ' ');
        return line.Length <= most ? line : $"{line[..most]}…";
    }
}
