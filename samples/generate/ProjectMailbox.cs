using System.Globalization;
using System.Net;
using System.Text;

/// <summary>The mailbox of the project in which the web shop was built, as mail programs keep one: its mails are written in each of the usual ways.</summary>
internal static class ProjectMailbox
{
    private const int LineLength = 72;
    private static readonly DateTime FirstDay = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private sealed record Sent(DateTime Time, ProjectMail Mail, string Subject, string Body);

    public static string Write()
    {
        Dice dice = new(20260302);
        List<Sent> mails = [];
        foreach (ProjectThread thread in ProjectThreads.All)
        {
            Sent? before = null;
            foreach (ProjectMail mail in thread.Mails)
            {
                DateTime time = before is not null ? AtDay(before.Time.AddMinutes(dice.Between(35, 1500))) : FirstDay.AddDays(thread.Day).AddMinutes(dice.Between(8 * 60, 17 * 60));
                string body = Prose.WrapEach(mail.Body, LineLength);
                string signature = ProjectThreads.People[mail.From].Signature;
                mails.Add(new(time, mail, before is null ? thread.Subject : $"Re: {thread.Subject}", body
                    + (before is null ? "" : $"\n\n{Quote(before, body)}") + (signature.Length == 0 ? "" : $"\n\n-- \n{signature}")));
                before = new(time, mail, thread.Subject, body);
            }
        }

        return string.Concat(mails.OrderBy(sent => sent.Time).Select((sent, i) => WriteMail(sent, i + 1)));
    }

    // Nobody answers at night.
    private static DateTime AtDay(DateTime time) => time.AddHours(time.Hour < 7 ? 8 : time.Hour > 20 ? 11 : 0);

    private static string WriteMail(Sent sent, int number)
    {
        Person from = ProjectThreads.People[sent.Mail.From];
        Person to = ProjectThreads.People[sent.Mail.To];
        string boundary = $"=_part_{number}";
        string head = string.Create(CultureInfo.InvariantCulture, $"""
            From {from.Address} {sent.Time:ddd MMM dd HH:mm:ss yyyy}
            From: {EncodeWord(from.Name)} <{from.Address}>
            To: {EncodeWord(to.Name)} <{to.Address}>
            Date: {sent.Time:ddd, dd MMM yyyy HH:mm:ss} +0000
            Subject: {EncodeWord(sent.Subject)}
            Message-ID: <{number}@{from.Address.Split('@')[1]}>
            MIME-Version: 1.0

            """);
        return head + sent.Mail.Kind switch
        {
            "windows-1252" => $"{Type("text/plain", "windows-1252", "quoted-printable")}{EncodeQuoted(EncodeWindows(sent.Body))}\n\n",
            "base64" => $"{Type("text/plain", "utf-8", "base64")}{Fold(Convert.ToBase64String(Encoding.UTF8.GetBytes(sent.Body)))}\n\n",
            "html" => $"{Type("text/html", "utf-8", "quoted-printable")}{EncodeQuoted(Page(sent.Body))}\n\n",
            "alternative" => Multipart("alternative", boundary,
                Type("text/plain", "utf-8", "quoted-printable") + EncodeQuoted(sent.Body),
                Type("text/html", "utf-8", "quoted-printable") + EncodeQuoted(Page(sent.Body))),
            "csv" => Attach(sent, boundary, "articles.csv", Articles),
            "hours" => Attach(sent, boundary, "hours-may.csv", Hours),
            _ when sent.Body.All(char.IsAscii) => $"{Type("text/plain", "us-ascii", "7bit")}{sent.Body}\n\n",
            _ => $"{Type("text/plain", "utf-8", "quoted-printable")}{EncodeQuoted(sent.Body)}\n\n",
        };
    }

    private static string Attach(Sent sent, string boundary, string name, string table) =>
        Multipart("mixed", boundary,
            Type("text/plain", "utf-8", "quoted-printable") + EncodeQuoted(sent.Body),
            $"Content-Disposition: attachment; filename=\"{name}\"\n{Type("text/csv", "utf-8", "base64")}{Fold(Convert.ToBase64String(Encoding.UTF8.GetBytes(table)))}");

    private static string Multipart(string kind, string boundary, string first, string second) =>
        $"Content-Type: multipart/{kind}; boundary=\"{boundary}\"\n\n--{boundary}\n{first}\n--{boundary}\n{second}\n--{boundary}--\n\n";

    private static string Type(string type, string charset, string encoding) =>
        $"Content-Type: {type}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n";

    private static string Page(string body) =>
        $"<html><body>\n{string.Join('\n', body.Split("\n\n").Select(part => $"<p>{WebUtility.HtmlEncode(part).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>"))}\n</body></html>";

    private static string Quote(Sent sent, string answer)
    {
        string[] paragraphs = sent.Body.Split("\n\n");
        string said = answer.Length > 200 ? paragraphs[^1] : string.Join("\n\n", paragraphs);
        return string.Create(CultureInfo.InvariantCulture, $"On {Prose.Stamp(sent.Time)}, {ProjectThreads.People[sent.Mail.From].Name} wrote:\n> ")
            + said.Replace("\n", "\n> ", StringComparison.Ordinal);
    }

    private static string EncodeWord(string text) =>
        text.All(char.IsAscii) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string EncodeQuoted(string text) => EncodeQuoted(Encoding.UTF8.GetBytes(text));

    private static string EncodeQuoted(byte[] text)
    {
        StringBuilder encoded = new();
        int column = 0;
        foreach (byte b in text)
        {
            if (b == '\n')
            {
                encoded.Append('\n');
                column = 0;
                continue;
            }

            string sign = b is >= 33 and <= 126 and not (byte)'=' or (byte)' ' ? ((char)b).ToString() : string.Create(CultureInfo.InvariantCulture, $"={b:X2}");
            if (column + sign.Length > 75)
            {
                encoded.Append("=\n");
                column = 0;
            }

            encoded.Append(sign);
            column += sign.Length;
        }

        // A blank at a line's end would get lost on the way.
        return encoded.ToString().Replace(" \n", "=20\n", StringComparison.Ordinal);
    }

    private static string Fold(string text) => string.Join('\n', text.Chunk(76).Select(line => new string(line)));

    private static byte[] EncodeWindows(string text) =>
        [.. text.Select(c => c switch { '€' => (byte)0x80, '–' => (byte)0x96, '“' => (byte)0x93, '”' => (byte)0x94, _ => (byte)c })];

    private const string Articles = """
        number,article,price,weight,stock
        1001,copper kettle,89.00,1150,14
        1002,reading lamp,64.50,2100,6
        1003,linen tablecloth,48.00,620,31
        1004,oak bread box,58.00,2.4,22
        1005,cast-iron casserole,119.00,4.9,9
        1006,wool blanket,96.00,1800,0
        1007,wall clock,72.00,980,12
        1008,coffee grinder,54.00,870,17
        1009,garden lantern,32.50,740,40
        1010,ceramic teapot,39.00,690,3
        1011,folding stool,45.00,2.1,0
        1012,knife block,68.00,3.2,11

        """;

    private const string Hours = """
        date,task,hours
        2026-05-06,gift cards,4
        2026-05-07,gift cards,5
        2026-05-19,export for accounts,6
        2026-05-26,gift cards,3

        """;
}
