namespace Rlm.Files.Mail;

/// <summary>Writes mails with what is attached to them.</summary>
/// <param name="text">Takes the text.</param>
/// <param name="files">Reads attached files.</param>
/// <param name="depth">In how many other mails the mails are attached.</param>
internal sealed class MailWriter(IRlmFileText text, IRlmFileReader files, int depth)
{
    private const int MostAttachments = 1_000;
    private const int MostDepth = 8;

    // https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef
    private static ReadOnlySpan<byte> TransportSignature => [0x78, 0x9F, 0x3E, 0x22];

    private readonly HashSet<string> _gaps = [];

    // How many attachments of the mail were listed, those of attached mails among them.
    private int _attachments;

    /// <summary>Writes a mail as a document of its own.</summary>
    /// <param name="place">Where it is in its file.</param>
    /// <param name="bytes">The mail.</param>
    /// <param name="isCut">Whether it is longer.</param>
    public void Write(string place, ReadOnlyMemory<byte> bytes, bool isCut)
    {
        _attachments = 0;
        _gaps.Clear();
        var mail = MimePart.Read(bytes, MimePart.PlainText, new PartAllowance());
        bool isGuess = false;
        var header = MailHeader.Read(mail.Headers, ref isGuess);
        text.StartMail(place, header.Record);
        if (isGuess)
            AddGap(MailBody.CharsetGap);
        if (isCut)
            AddGap(Invariant($"it is longer than {MailboxMessages.MostBytes / 1_048_576} MiB, of which the rest is left out"));
        Write(mail, header, "", "", depth);
    }

    /// <summary>Writes the headers of a mail, its text and its attachments.</summary>
    private void Write(MimePart mail, MailHeader header, string place, string number, int level)
    {
        var body = MailBody.Read(mail, AddGap);
        text.Write($"{header}\n{body.Text}{(body.Text.Length > 0 && body.Attachments.Count > 0 ? "\n" : "")}");
        int count = 0;
        foreach (var part in body.Attachments)
        {
            if (_attachments == MostAttachments)
            {
                AddGap(Invariant($"it has more than {MostAttachments:N0} attachments, of which the others are left out"));
                return;
            }

            _attachments++;
            WriteAttachment(part, place, Invariant($"{number}{++count}"), level);
        }
    }

    private void WriteAttachment(MimePart part, string place, string number, int level)
    {
        string name = part.FileName ?? "";
        string? damage = null;
        var bytes = part.Decode(problem => damage = problem);
        string title = string.Join(", ", new[] { name, part.Type, Invariant($"{bytes.Length:N0} bytes") }.Where(piece => piece.Length > 0));
        string inner = place + (name.Length > 0 ? name.Replace('/', '_') : $"attachment {number}");
        text.StartPlace(inner);
        text.Write($"[attachment {number}: {title}]\n");
        if (!WriteContent(part, bytes, inner, number, level))
            return;

        // Of what is not read no text is missing.
        if (damage is not null)
            AddGap(damage);
        text.Write($"[end of attachment {number}]\n");
    }

    /// <summary>Writes the text of an attachment; false where it is of no kind that is read.</summary>
    private bool WriteContent(MimePart part, ReadOnlyMemory<byte> bytes, string place, string number, int level)
    {
        string name = part.FileName ?? "";
        var content = MailNames.FindContent(name, AttachedText.StartOf(bytes.Span));
        bool isMail = content == RlmFileContent.Mail || part.Type is "message/rfc822" or "message/global";
        if ((isMail || content == RlmFileContent.Mails) && level >= MostDepth)
        {
            AddGap(Invariant($"a mail is attached to more than {MostDepth} others, and not read"));
            return false;
        }

        if (isMail)
        {
            WriteMail(bytes, place, number, level);
            return true;
        }

        if (AttachedText.IsText(part, name, bytes.Span))
        {
            WriteLine(MailBody.ReadText(part, AddGap));
            return true;
        }

        IRlmFileReader reader = content == RlmFileContent.Mails ? new MailReader(files, level + 1) : files;
        if (reader.FindContent(name, AttachedText.StartOf(bytes.Span)) is null)
        {
            // It holds the text of the mail that Outlook made of it, and all that was attached.
            if (bytes.Span.StartsWith(TransportSignature))
                AddGap("an attachment is a winmail.dat (TNEF), whose text and attachments are not read; open it with Outlook or `tnef`");
            return false;
        }

        WriteFile(reader, name, bytes, new AttachedText(text, place, AddGap));
        return true;
    }

    private void WriteMail(ReadOnlyMemory<byte> bytes, string place, string number, int level)
    {
        if (MimeLines.EndInReturns(bytes.Span))
            bytes = MimeLines.ToLineFeeds(bytes.Span).ToArray();
        var mail = MimePart.Read(bytes, MimePart.PlainText, new PartAllowance());
        bool isGuess = false;
        var header = MailHeader.Read(mail.Headers, ref isGuess);
        if (isGuess)
            AddGap(MailBody.CharsetGap);
        Write(mail, header, $"{place}/", $"{number}.", level + 1);
    }

    private void WriteFile(IRlmFileReader reader, string name, ReadOnlyMemory<byte> bytes, AttachedText file)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray());
            reader.Read(name, stream, file);
            file.EndLine();
        }
        catch (InvalidDataException exception)
        {
            file.EndLine();
            WriteLine($"[not read: {exception.Message}]");
            AddGap($"an attachment is not read: {exception.Message}");
        }
    }

    private void WriteLine(string line)
    {
        line = line.Trim('\n');
        if (line.Length > 0)
            text.Write($"{line}\n");
    }

    /// <summary>Tells once of a mail what its text lacks.</summary>
    private void AddGap(string gap)
    {
        if (_gaps.Add(gap))
            text.AddGap(gap);
    }
}
