using System.Globalization;

namespace Rlm.Files.Mail;

/// <summary>Reads mails and mailboxes: each mail is a document of its own, with its headers before its text.</summary>
/// <param name="files">Reads attached files.</param>
/// <param name="depth">In how many other mails the file is attached.</param>
internal sealed class MailReader(IRlmFileReader files, int depth = 0) : IRlmFileReader
{
    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => MailNames.FindContent(path, start);

    public void Read(string path, Stream file, IRlmFileText text)
    {
        var messages = new MailboxMessages(file);
        var writer = new MailWriter(text, files, depth);
        if (FindContent(path, messages.PeekStart()) == RlmFileContent.Mails)
            ReadAll(messages, writer, text);
        else
            writer.Write("", ReadOne(messages), messages.IsCut);
    }

    private static void ReadAll(MailboxMessages messages, MailWriter writer, IRlmFileText text)
    {
        if (messages.SkipToFirst() is > 0 and var skipped)
            text.AddGap(Invariant($"the first {skipped:N0} bytes are of no mail"));

        int number = 0;
        while (messages.Read() is { } mail)
            writer.Write(Invariant($"#{++number}"), mail, messages.IsCut);
        if (number == 0 && !messages.IsEmpty)
            throw new InvalidDataException("no mail begins in it, with a line `From SENDER DATE`; give it another name to read it as a text");
    }

    private static ReadOnlyMemory<byte> ReadOne(MailboxMessages messages)
    {
        var mail = messages.ReadWhole();
        // Apple's programs write the length before a mail, and their own data behind it.
        int end = MimeLines.EndOf(mail.Span, 0);
        bool hasLength = int.TryParse(
            MimeLines.TrimEnd(mail.Span[..end]).TrimEnd(" "u8), NumberStyles.None, CultureInfo.InvariantCulture, out int length);
        return hasLength ? mail.Slice(end, Math.Min(length, mail.Length - end)) : mail;
    }
}
