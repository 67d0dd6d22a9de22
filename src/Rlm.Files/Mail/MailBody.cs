using System.Buffers;
using System.Text;
using Rlm.Documents;

namespace Rlm.Files.Mail;

/// <summary>The text that a mail says itself, and the parts that are attached to it.</summary>
internal sealed class MailBody
{
    /// <summary>What is told of a text whose charset is guessed.</summary>
    public const string CharsetGap = "a charset that is unknown or wrong is guessed";

    // A short plain text beside a page that says far more only tells that there is the page.
    private const int ShortChars = 400;
    private const int LongerBy = 4;

    /// <summary>What says where a part is kept.</summary>
    private static readonly string[] PlaceParameters = ["url", "site", "directory", "name"];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \"'>;/");

    private readonly StringBuilder _text = new();
    private readonly List<MimePart> _attachments = [];
    private readonly Action<string> _onGap;

    private MailBody(Action<string> onGap) => _onGap = onGap;

    public string Text => _text.ToString();

    public IReadOnlyList<MimePart> Attachments => _attachments;

    /// <param name="mail">The mail.</param>
    /// <param name="onGap">Told what is not read, or not rightly, as in "a part is encrypted".</param>
    public static MailBody Read(MimePart mail, Action<string> onGap)
    {
        var body = new MailBody(onGap);
        body.Add(mail, isRoot: true);
        return body;
    }

    /// <summary>The text of a part as it is written: decoded, of HTML as it is seen.</summary>
    public static string ReadText(MimePart part, Action<string> onGap)
    {
        var bytes = part.Decode(onGap);
        bool isHtml = part.Type == "text/html";
        string text = Charsets.Decode(bytes.Span, part.Charset ?? (isHtml ? CharsetOfPage(bytes.Span) : null), out bool isGuess);
        if (isGuess)
            onGap(CharsetGap);
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Replace('\0', '\uFFFD');
        if (!isHtml)
        {
            return "flowed".Equals(part.FindParameter("format"), StringComparison.OrdinalIgnoreCase)
                ? FlowedText.Join(text, "yes".Equals(part.FindParameter("delsp"), StringComparison.OrdinalIgnoreCase))
                : text;
        }

        text = HtmlText.ReadMail(
            text, (name, _) => onGap($"an unclosed `{name}` takes all that follows, which is not read as HTML"), out bool hasAllSpans);
        if (!hasAllSpans)
            onGap("cells of a table span too many others, and are not all repeated");
        // Blanks at a line's end are none in HTML, but one of them makes the mark of a signature.
        return $"\n{text}\n".Replace("\n--\n", "\n-- \n", StringComparison.Ordinal)[1..^1];
    }

    private void Add(MimePart part, bool isRoot = false)
    {
        if (part.Problem is { } problem)
            _onGap(problem);
        if (part.IsMultipart)
            AddParts(part);
        else if (part.Type is "application/pkcs7-mime" or "application/x-pkcs7-mime" && part.FindParameter("smime-type") != "certs-only")
            AddHidden(part);
        else if (part.Type is "message/partial" or "message/external-body")
            AddElsewhere(part);
        else if (IsText(part) && (isRoot || (!part.IsAttachment && part.FileName is null)))
            AddText(QuotedText.Mark(ReadText(part, _onGap)));
        else
            _attachments.Add(part);
    }

    private void AddParts(MimePart part)
    {
        switch (part.Type)
        {
            case "multipart/alternative":
                AddAlternative(part.Parts);
                break;
            case "multipart/encrypted":
                AddHidden(part);
                break;
            case "multipart/signed":
                Add(part.Parts[0]);
                _attachments.AddRange(part.Parts.Skip(1));
                break;
            default:
                foreach (var inner in part.Parts)
                    Add(inner);
                break;
        }

        // Lists add their words behind the last part.
        string rest = Charsets.Decode(part.Rest.Span, null, out _).ReplaceLineEndings("\n");
        if (rest.Any(char.IsLetter))
            AddText(rest);
    }

    private void AddAlternative(IReadOnlyList<MimePart> parts)
    {
        var plain = parts.FirstOrDefault(part => part.Type == "text/plain" && !part.IsAttachment);
        string text = plain is null ? "" : ReadText(plain, _onGap);
        var other = parts.LastOrDefault(part => part != plain && FindPage(part) is not null) ?? parts.FirstOrDefault(part => part != plain);
        var chosen = plain;
        if (other is not null && text.Length < ShortChars && FindPage(other) is { } page)
        {
            int length = ReadText(page, static _ => { }).Length;
            if (string.IsNullOrWhiteSpace(text) || length > LongerBy * (text.Length + ShortChars / LongerBy))
                chosen = other;
        }

        chosen ??= other;
        int start = _text.Length;
        if (chosen is not null && chosen == plain)
            AddText(QuotedText.Mark(text));
        else if (chosen is not null)
            Add(chosen);
        var said = new SaidWords($"{text}\n{_text.ToString(start, _text.Length - start)}");
        if (chosen == plain && other?.Type == "text/html")
            said.Add(ReadText(other, static _ => { }));
        foreach (var part in parts)
        {
            if (part != chosen)
                AddBeside(part, said, isPage: part.Type == "text/html" && part != other);
        }
    }

    /// <summary>
    /// Adds what a way to say the same has beside its text, and what no other says: a second part of one kind is no other way.
    /// </summary>
    private void AddBeside(MimePart part, SaidWords said, bool isPage = false)
    {
        foreach (var inner in part.Parts)
            AddBeside(inner, said);
        if (part.IsMultipart)
            return;
        if (part.IsAttachment || part.Type is not ("text/plain" or "text/html" or "text/enriched" or "text/x-amp-html"))
            _attachments.Add(part);
        else if ((part.Type == "text/plain" || isPage) && ReadText(part, static _ => { }) is var text && said.Add(text))
            AddText(QuotedText.Mark(ReadText(part, _onGap)));
    }

    private static MimePart? FindPage(MimePart part) =>
        part.Type == "text/html" && !part.IsAttachment ? part : part.Parts.Select(FindPage).FirstOrDefault(page => page is not null);

    private void AddHidden(MimePart part)
    {
        bool isSigned = part.FindParameter("smime-type") == "signed-data";
        _onGap(isSigned ? "its text is packed in a signature" : "a part is encrypted");
        AddText(isSigned ? $"[signed: {part.Type}; its text is packed in the signature and not read]" : $"[encrypted: {part.Type}; not read]");
    }

    private void AddElsewhere(MimePart part)
    {
        if (part.Type == "message/external-body")
        {
            _onGap("a part is kept elsewhere, and not read");
            string where = string.Join(' ', PlaceParameters.Select(part.FindParameter).OfType<string>());
            AddText(where.Length > 0 ? $"[kept elsewhere: {where}; not read]" : "[kept elsewhere; not read]");
            return;
        }

        _onGap("it is a piece of a mail that was sent in several, and these are not put together");
        string total = part.FindParameter("total") is { } count ? $" of {count}" : "";
        AddText($"[piece {part.FindParameter("number") ?? "?"}{total} of a mail, as it was sent]");
        AddText(ReadText(part, _onGap));
    }

    private void AddText(string text)
    {
        text = text.Trim('\n');
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (_text.Length > 0)
            _text.Append('\n');
        _text.Append(text).Append('\n');
    }

    private static bool IsText(MimePart part) => part.Problem is not null || part.Type is "text/plain" or "text/html" or "text/enriched" or "text/richtext"
        or "message/delivery-status" or "message/disposition-notification" or "message/feedback-report" or "text/rfc822-headers";

    /// <summary>The charset that a page itself says it is in.</summary>
    private static string? CharsetOfPage(ReadOnlySpan<byte> page)
    {
        const int most = 2048;
        string start = Encoding.Latin1.GetString(page[..Math.Min(page.Length, most)]);
        int at = start.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;

        string name = start[(at + "charset=".Length)..].TrimStart('"', '\'', ' ');
        int end = name.AsSpan().IndexOfAny(NameEnds);
        return end <= 0 ? null : name[..end];
    }
}
