using System.Buffers;
using System.Text;

namespace Rlm.Files.Mail;

/// <summary>Marks what Outlook quotes below an answer, which it does without signs, as others do: by <c>&gt; </c> before each line.</summary>
internal static class QuotedText
{
    // The block of headers stands within so many lines.
    private const int MostHeaderLines = 8;

    private static readonly string[] Originals =
    [
        "original message", "ursprüngliche nachricht", "originalnachricht", "message d'origine", "message original", "mensaje original", "messaggio originale",
        "mensagem original", "oorspronkelijk bericht", "ursprungligt meddelande", "oprindelig meddelelse", "opprinnelig melding", "wiadomość oryginalna",
        "oryginalna wiadomość", "původní zpráva", "исходное сообщение",
    ];

    private static readonly string[] Senders = ["From:", "Von:", "De :", "De:", "Da:", "Van:", "Från:", "Fra:", "Od:", "От:"];

    private static readonly string[] Times =
        ["Sent:", "Gesendet:", "Envoyé :", "Envoyé:", "Enviado:", "Enviado el:", "Enviada em:", "Inviato:", "Verzonden:", "Skickat:", "Sendt:", "Wysłano:", "Odesláno:", "Отправлено:"];

    private static readonly SearchValues<string> TimeMarks = SearchValues.Create(Times, StringComparison.Ordinal);

    /// <summary>The text, in which each line from the first block of headers on begins with the mark.</summary>
    public static string Mark(string text)
    {
        int start = FindStart(text);
        if (start < 0)
            return text;

        var marked = new StringBuilder(text, 0, start, text.Length + text.Length / 8);
        foreach (var range in text.AsSpan(start).TrimEnd('\n').Split('\n'))
        {
            var line = text.AsSpan(start)[range];
            marked.Append(line.Length == 0 ? ">" : line[0] == '>' ? ">" : "> ").Append(line).Append('\n');
        }

        return marked.ToString();
    }

    /// <summary>Where the first quote without signs begins; -1 where there is none.</summary>
    private static int FindStart(string text)
    {
        if (!text.AsSpan().ContainsAny(TimeMarks) && !text.Contains("--", StringComparison.Ordinal))
            return -1;

        int at = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            at = range.Start.Value;
            if (IsOriginal(line) || (StartsWithAny(line, Senders) && HasTime(text.AsSpan(at))))
                return at;
        }

        return -1;
    }

    /// <summary>Such as <c>-----Original Message-----</c>.</summary>
    private static bool IsOriginal(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("--", StringComparison.Ordinal) || !line.TrimEnd().EndsWith("--", StringComparison.Ordinal))
            return false;
        var words = line.Trim("- \t\u00A0");
        foreach (string original in Originals)
        {
            if (words.Equals(original, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool HasTime(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (var range in text.Split('\n'))
        {
            if (StartsWithAny(text[range], Times))
                return true;
            if (++count == MostHeaderLines)
                break;
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> line, string[] starts)
    {
        line = line.TrimStart("*"); // Bold, as some write it in plain text.
        foreach (string start in starts)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
