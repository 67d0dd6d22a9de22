namespace Rlm.Files.Mail;

/// <summary>What a file is as to mail.</summary>
internal enum MailKind
{
    /// <summary>It is neither a mail nor a mailbox.</summary>
    None,

    /// <summary>It is one mail.</summary>
    Mail,

    /// <summary>It is mails, each below a line that begins with <c>From</c>.</summary>
    Mailbox,
}
