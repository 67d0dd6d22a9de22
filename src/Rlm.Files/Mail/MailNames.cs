namespace Rlm.Files.Mail;

/// <summary>Tells mails and mailboxes by their names and by how they begin; neither is enough, since texts begin with headers, too.</summary>
internal static class MailNames
{
    private static readonly string[] Mailboxes = [".mbox", ".mbx", ".mboxrd", ".mboxo", ".mboxcl", ".mboxcl2"];

    /// <summary>Whether a file is a mail or a mailbox; null for neither.</summary>
    /// <param name="path">The file's name, with the folders that are known.</param>
    /// <param name="start">Its first bytes.</param>
    public static RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (Mailboxes.Contains(extension))
            return MailStart.IsMailbox(start, isNamed: true) ? RlmFileContent.Mails : null;
        if (extension == ".emlx")
            return MailStart.HasHeaders(start[MimeLines.EndOf(start, 0)..]) ? RlmFileContent.Mail : null;
        if (extension == ".eml" || IsOfMaildir(path))
            return MailStart.HasHeaders(start) ? RlmFileContent.Mail : null;

        // As /var/mail/bob, and the folders of Thunderbird.
        return extension.Length == 0 && path is not ("stdin" or "-") && MailStart.IsMailbox(start, isNamed: false)
            ? RlmFileContent.Mails : null;
    }

    /// <summary>
    /// Whether a mail of a Maildir is called so: <c>cur/1700000000.M1P2.host:2,S</c>, or in <c>new</c>
    /// (https://cr.yp.to/proto/maildir.html).
    /// </summary>
    private static bool IsOfMaildir(string path)
    {
        string[] parts = path.Split('/', '\\');
        string own = parts[^1];
        if (own.Contains(":2,", StringComparison.Ordinal))
            return true;

        const int secondsDigits = 9;
        int digits = own.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return parts is [.., "cur" or "new", _] && digits >= secondsDigits && own[digits] == '.';
    }
}
