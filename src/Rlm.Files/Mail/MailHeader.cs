using System.Text;

namespace Rlm.Files.Mail;

/// <summary>Who wrote a mail, to whom, when and about what; decoded, each in one line.</summary>
internal sealed class MailHeader
{
    private readonly string? _copies;
    private readonly string? _dateText;

    private MailHeader(MimeHeaders headers, ref bool isGuess)
    {
        string from = MailAddresses.Read(headers.FindAll("From"), ref isGuess);
        string to = MailAddresses.Read(headers.FindAll("To"), ref isGuess);
        string subject = headers.Find("Subject") is { } value ? EncodedWords.Decode(value, ref isGuess) : "";
        _copies = headers.Find("Cc") is null ? null : MailAddresses.Read(headers.FindAll("Cc"), ref isGuess);
        _dateText = headers.Find("Date") is { } date ? EncodedWords.Decode(date, ref isGuess) : null;
        Record = new RlmMailHeader(from, to, _dateText is null ? null : MailDates.Read(_dateText), subject);
    }

    public RlmMailHeader Record { get; }

    public static MailHeader Read(MimeHeaders headers, ref bool isGuess) => new(headers, ref isGuess);

    /// <summary>The lines that a mail's text begins with.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Add("From", Record.From);
        Add("To", Record.To);
        if (_copies is not null)
            Add("Cc", _copies);
        Add("Date", string.IsNullOrEmpty(_dateText) ? "none" : _dateText);
        Add("Subject", Record.Subject);
        return text.ToString();

        void Add(string name, string value) => text.Append(name).Append(value.Length > 0 ? ": " : ":").Append(value).Append('\n');
    }
}
