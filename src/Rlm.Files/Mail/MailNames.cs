namespace Rlm.Files.Mail;

/// <summary>Tells mails and mailboxes by their names and by how they begin; neither is enough, since texts begin with headers, too.</summary>
internal static class MailNames
{
    private static readonly string[] Mailboxes = [".mbox", ".mbx", ".mboxrd", ".mboxo", ".mboxcl", ".mboxcl2"];

    /// <param name="path">The file's name, with the folders that are known.</param>
    /// <param name="start">Its first bytes.</param>
    public static MailKind KindOf(string path, ReadOnlySpan<byte> start)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (Mailboxes.Contains(extension))
            return MailStart.IsMailbox(start, isNamed: true) ? MailKind.Mailbox : MailKind.None;
        if (extension == ".emlx")
            return MailStart.HasHeaders(start[MimeLines.EndOf(start, 0)..]) ? MailKind.Mail : MailKind.None;
        if (extension == ".eml" || IsOfMaildir(path))
            return MailStart.HasHeaders(start) ? MailKind.Mail : MailKind.None;

        // As /var/mail/bob, and the folders of Thunderbird.
        return extension.Length == 0 && path is not ("stdin" or "-") && MailStart.IsMailbox(start, isNamed: false) ? MailKind.Mailbox : MailKind.None;
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
