using System.Text;

namespace Rlm.Files.Mail;

/// <summary>What shows a mail or a mailbox: the line that parts mails, and headers that mails begin with.</summary>
internal static class MailStart
{
    /// <summary>Of patches that git writes for mail, which are read as texts.</summary>
    private static readonly byte[] PatchDate = " Mon Sep 17 00:00:00 2001"u8.ToArray();

    private static readonly HashSet<string> FirstHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Return-Path", "Received", "Delivered-To", "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Reply-To",
        "Sender", "Status", "X-Status", "X-UID", "X-Mozilla-Status", "X-Mozilla-Keys", "X-Gmail-Labels", "X-GM-THRID", "X-Account-Key", "X-Original-To",
        "DKIM-Signature", "Authentication-Results", "ARC-Seal", "Received-SPF", "Envelope-To", "X-Envelope-From", "X-Sieve", "Path", "Xref", "Cc",
    };

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Whether a text begins with the headers of a mail.</summary>
    public static bool HasHeaders(ReadOnlySpan<byte> start)
    {
        start = MimeLines.ToLineFeeds(start);
        for (int at = 0; at < start.Length;)
        {
            int end = MimeLines.EndOf(start, at);
            var line = MimeLines.TrimEnd(start[at..end]);
            if (IsFirstHeader(line))
                return true;

            // The line of a mailbox, a header of a program's own and those that go on in further lines may stand before.
            bool isHeader = MimeLines.IndexOfColon(line) > 0 || line.StartsWith("From "u8) || (at > 0 && line is [(byte)' ' or (byte)'\t', ..]);
            if (!isHeader)
                return false;
            at = end;
        }

        return false;
    }

    /// <summary>Whether a mailbox begins so: a line <c>From SENDER DATE</c> and a header.</summary>
    /// <param name="start">The first bytes.</param>
    /// <param name="isNamed">Whether it is called a mailbox, so that it may be empty or begin with blank lines, and a patch is a mail.</param>
    public static bool IsMailbox(ReadOnlySpan<byte> start, bool isNamed)
    {
        if (start.StartsWith(Encoding.UTF8.Preamble))
            start = start[Encoding.UTF8.Preamble.Length..];
        if (isNamed)
            start = start.TrimStart("\r\n"u8);
        start = MimeLines.ToLineFeeds(start);
        if (isNamed && start.IsEmpty)
            return true;
        int end = MimeLines.EndOf(start, 0);
        var line = MimeLines.TrimEnd(start[..end]);
        var next = MimeLines.TrimEnd(start[end..MimeLines.EndOf(start, end)]);
        return line.StartsWith("From "u8) && (isNamed || (IsDated(line) && MimeLines.IndexOfColon(next) > 0 && !line.EndsWith(PatchDate)));
    }

    /// <summary>Whether the line tells a day and a time.</summary>
    public static bool IsDated(ReadOnlySpan<byte> line)
    {
        bool hasTime = false, hasDay = false, hasYear = false;
        foreach (var range in line.Split((byte)' '))
        {
            var word = MimeLines.TrimEnd(line[range]);
            if (word is [>= (byte)'0' and <= (byte)'9', ..])
            {
                int colon = word.IndexOf((byte)':');
                hasTime |= colon is 1 or 2;
                hasYear |= word.Length == 4 && word[..2] is [(byte)'1', (byte)'9'] or [(byte)'2', (byte)'0'];
                // 2026-01-05, and a time behind a T.
                hasDay |= word.Length >= 10 && word[4] == '-' && word[7] == '-';
                hasYear |= hasDay;
                hasTime |= hasDay && colon > 0;
            }
            else
            {
                hasDay |= word.Length == 3 && Months.Contains(Encoding.ASCII.GetString(word));
            }
        }

        return hasTime && hasDay && hasYear;
    }

    /// <summary>Whether the line is a header that mails begin with.</summary>
    public static bool IsFirstHeader(ReadOnlySpan<byte> line) =>
        MimeLines.IndexOfColon(line) is > 0 and < 40 and var colon && FirstHeaders.Contains(Encoding.ASCII.GetString(line[..colon]).TrimEnd());
}
