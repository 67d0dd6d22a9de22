namespace Rlm.Files.Mail;

/// <summary>Takes the text of an attached file as a part of the mail's, its places behind that of the attachment.</summary>
/// <param name="text">Takes the mail's text.</param>
/// <param name="place">Where the attachment is in the mail, such as <c>contract.pdf</c>.</param>
/// <param name="onGap">Told what of the file is not in its text.</param>
internal sealed class AttachedText(IRlmFileText text, string place, Action<string> onGap) : IRlmFileText
{
    private const int StartBytes = 512;
    private const int SampleBytes = 8 * 1024;

    private static readonly string[] Extensions =
        [".txt", ".text", ".csv", ".tsv", ".md", ".markdown", ".json", ".jsonl", ".xml", ".html", ".htm", ".log", ".ics", ".vcf", ".yml", ".yaml", ".ini", ".patch", ".diff", ".srt"];

    private bool _isInLine;

    /// <summary>Whether a part is a text, by its type or its name, and holds no zero byte, which UTF-16 and UTF-32 have.</summary>
    public static bool IsText(MimePart part, string name, ReadOnlySpan<byte> bytes)
    {
        bool isWide = part.Charset?.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) == true
            || part.Charset?.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase) == true || Charsets.FindMarked(bytes) is not null;
        if (part.Type is "text/rtf" || (!isWide && bytes[..Math.Min(bytes.Length, SampleBytes)].Contains((byte)0)))
            return false;

        return part.Type.StartsWith("text/", StringComparison.Ordinal)
            || part.Type is "application/json" or "application/xml" or "application/csv" or "message/delivery-status"
            || Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What readers are shown of a file.</summary>
    public static ReadOnlySpan<byte> StartOf(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, StartBytes)];

    public void StartPlace(string inner) => text.StartPlace($"{place}:{inner}");

    /// <summary>A mail of an attached mailbox is a place of the mail that it is attached to.</summary>
    public void StartMail(string inner, RlmMailHeader header)
    {
        EndLine();
        StartPlace(inner);
    }

    public void Write(string part)
    {
        text.Write(part);
        if (part.Length > 0)
            _isInLine = part[^1] != '\n';
    }

    public void AddGap(string gap) => onGap($"an attachment is not read in full: {gap}");

    /// <summary>Ends the last line, if it is not ended.</summary>
    public void EndLine()
    {
        if (_isInLine)
            Write("\n");
    }
}
