using System.Buffers.Text;
using System.Text;

namespace Rlm.Files.Mail;

/// <summary>The mails of a mailbox, one after the other; no more of it is held than the mail that is read.</summary>
/// <param name="file">The mailbox.</param>
/// <param name="mostBytes">The most that is read of a mail.</param>
internal sealed class MailboxMessages(Stream file, int mostBytes = MailboxMessages.MostBytes)
{
    /// <summary>The most that is read of a mail.</summary>
    public const int MostBytes = 64 << 20;

    private const int ReadBytes = 256 * 1024;

    private byte[] _buffer = new byte[ReadBytes];

    // The mail that is read, and what is known behind it. Places are counted from its start.
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private bool _trustsLengths = true;
    private bool _endsInReturns;

    /// <summary>Whether the mail that was read last is longer than what was read of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether all that was read is blank.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The first bytes, or all that there are; CR is LF from here on, where lines end in it alone.</summary>
    public ReadOnlySpan<byte> PeekStart()
    {
        const int most = 512;
        while (_end - _start < most && Fill())
        {
            // Until they are there.
        }

        _endsInReturns = MimeLines.EndInReturns(Slice(0, _end - _start));
        if (_endsInReturns)
            MimeLines.ReplaceReturns(_buffer.AsSpan(_start, _end - _start));
        return Slice(0, Math.Min(_end - _start, most));
    }

    /// <summary>The whole file as one mail.</summary>
    public ReadOnlyMemory<byte> ReadWhole()
    {
        while (_end - _start <= mostBytes && Fill())
        {
            // Until it is there.
        }

        IsCut = _end - _start > mostBytes;
        return _buffer.AsMemory(_start, Math.Min(_end - _start, mostBytes));
    }

    /// <summary>Goes to the first mail, and gives how many bytes before it are of none.</summary>
    public long SkipToFirst()
    {
        if (FindLine(0, out _) && Slice(0, _end - _start).StartsWith(Encoding.UTF8.Preamble))
            _start += Encoding.UTF8.Preamble.Length;

        long skipped = 0;
        bool isAfterBlank = true;
        while (FindLine(0, out int end) && !IsSeparator(0, isAfterBlank))
        {
            isAfterBlank = IsBlank(Slice(0, end));
            skipped += isAfterBlank ? 0 : end;
            _start += end;
        }

        return skipped;
    }

    /// <summary>The next mail from its headers on, until the next call; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Read()
    {
        IsCut = false;
        if (!FindLine(0, out int start))
            return null;

        _start += start;
        byte[]? kept = null;
        int at = 0;
        long length = -1;
        bool isInHeaders = true, isAfterBlank = false;
        while (FindLine(at, out int end) && !IsSeparator(at, isAfterBlank))
        {
            isAfterBlank = IsBlank(Slice(at, end));
            if (isInHeaders && isAfterBlank)
            {
                isInHeaders = false;
                if (kept is null && length >= 0 && FindEnd(end, length) is { } next)
                {
                    var whole = TakeMail(end + (int)length, next);
                    return Unquote(whole);
                }
            }
            else if (isInHeaders)
            {
                length = Math.Max(length, LengthIn(Slice(at, end)));
            }

            at = end;
            if (kept is null && at > mostBytes)
            {
                IsCut = true;
                kept = Slice(0, mostBytes).ToArray();
            }

            if (kept is not null)
            {
                _start += at;
                at = 0;
            }
        }

        if (kept is not null)
            return Unquote(kept);

        // The blank line before the next mail is none of this one.
        int bodyEnd = isAfterBlank && !isInHeaders ? at - MimeLines.LengthOfLastEnd(Slice(0, at)) : at;
        return Unquote(TakeMail(bodyEnd, at));
    }

    /// <summary>
    /// Whether a mail begins at the line: <c>From SENDER DATE</c>, and a header below it. Without a date it stands below a blank line, and
    /// the header is one that mails begin with, since sentences begin with the word, too.
    /// </summary>
    private bool IsSeparator(int at, bool isAfterBlank)
    {
        if (!Slice(at, _end - _start).StartsWith("From "u8) || !FindLine(at, out int end))
            return false;

        bool hasNext = FindLine(end, out int nextEnd);
        var next = hasNext ? MimeLines.TrimEnd(Slice(end, nextEnd)) : default;
        bool isCutShort = _isAtEnd && nextEnd == _end - _start && !next.Contains((byte)' ');
        return MailStart.IsDated(Slice(at, end))
            ? MimeLines.IndexOfColon(next) > 0 || next.StartsWith(">From "u8) || next.StartsWith("From "u8) || (isAfterBlank && (next.IsEmpty || isCutShort))
            : isAfterBlank && MailStart.IsFirstHeader(next);
    }

    /// <summary>Where the next mail begins if this one is as long as it says; null where it is not.</summary>
    private int? FindEnd(int bodyStart, long length)
    {
        if (!_trustsLengths || length > mostBytes)
            return null;

        int at = bodyStart + (int)length;
        while (_end - _start < at && Fill())
        {
            // Until it is there.
        }

        if (_end - _start >= at)
        {
            for (int blanks = 0; FindLine(at, out int end) && IsBlank(Slice(at, end)) && blanks < 2; blanks++)
                at = end;
            if (!FindLine(at, out _) || IsSeparator(at, isAfterBlank: true))
                return at;
        }

        _trustsLengths = false;
        return null;
    }

    private ReadOnlyMemory<byte> TakeMail(int end, int next)
    {
        var mail = _buffer.AsMemory(_start, end);
        _start += next;
        return mail;
    }

    private ReadOnlySpan<byte> Slice(int start, int end) => _buffer.AsSpan(_start + start, end - start);

    /// <summary>Where the line at a place ends; false where there is none.</summary>
    private bool FindLine(int at, out int end)
    {
        int searched = at;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                end = searched + found + 1;
                return true;
            }

            searched = _end - _start;
            // A line without an end is taken in pieces.
            if (searched - at > mostBytes || !Fill())
            {
                end = searched;
                return end > at;
            }
        }
    }

    private bool Fill()
    {
        if (_isAtEnd)
            return false;

        if (_end == _buffer.Length)
        {
            byte[] buffer = _start > _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, _end - _start).CopyTo(buffer);
            (_buffer, _start, _end) = (buffer, 0, _end - _start);
        }

        int count = file.Read(_buffer, _end, _buffer.Length - _end);
        if (_endsInReturns)
            MimeLines.ReplaceReturns(_buffer.AsSpan(_end, count));
        _end += count;
        _isAtEnd = count == 0;
        IsEmpty &= _buffer.AsSpan(_end - count, count).IndexOfAnyExcept(" \t\r\n"u8) < 0;
        return !_isAtEnd;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => MimeLines.TrimEnd(line).IsEmpty;

    private static long LengthIn(ReadOnlySpan<byte> line)
    {
        const string name = "content-length:";
        return line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name)
            && line[name.Length..].Trim(" \t\r\n"u8) is var digits
            && Utf8Parser.TryParse(digits, out long length, out int read) && read == digits.Length ? length : -1;
    }

    /// <summary>Takes off the mark that lines got which would have begun a mail: <c>&gt;From</c> and, of those, <c>&gt;&gt;From</c>.</summary>
    private static ReadOnlyMemory<byte> Unquote(ReadOnlyMemory<byte> mail)
    {
        var bytes = mail.Span;
        if (bytes.IndexOf(">From "u8) < 0)
            return mail;

        byte[] kept = new byte[bytes.Length];
        int length = 0;
        bool isInHeaders = true;
        for (int at = 0; at < bytes.Length;)
        {
            int end = MimeLines.EndOf(bytes, at);
            var line = bytes[at..end];
            at = end;
            isInHeaders = isInHeaders && !IsBlank(line);
            if (!isInHeaders && line[0] == '>' && line.TrimStart((byte)'>').StartsWith("From "u8))
                line = line[1..];
            line.CopyTo(kept.AsSpan(length));
            length += line.Length;
        }

        return kept.AsMemory(0, length);
    }
}
