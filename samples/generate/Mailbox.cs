using System.Globalization;
using System.Text;
using static MailboxPeople;
using static MailboxRefunds;
using static MailboxTopics;

/// <summary>The support mailbox of the shop Fennel &amp; Rook: 620 mails, of which 37 ask for money back.</summary>
internal static class Mailbox
{
    private const int MailCount = 620;
    private static readonly DateTime FirstDay = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    private sealed record Mail(DateTime Time, string From, string Subject, string Body, string? Reason, string Product);

    public static (string Mails, string Refunds) Write()
    {
        Dice dice = new(20260301);
        List<Mail> mails = [];
        HashSet<string> people = [];

        string[] reasons =
        [
            .. Enumerable.Repeat("damaged", 11), .. Enumerable.Repeat("late", 8), .. Enumerable.Repeat("wrong item", 7),
            .. Enumerable.Repeat("never arrived", 5), .. Enumerable.Repeat("changed mind", 4), .. Enumerable.Repeat("charged twice", 2),
        ];
        for (int i = 0; i < reasons.Length; i++)
        {
            bool first = Array.IndexOf(reasons, reasons[i]) == i;
            Converse(RefundTopics[reasons[i]], reasons[i], first ? ForeignRefunds.FirstOrDefault(f => f.Reason == reasons[i]) : null);
        }

        foreach ((int day, string from, string subject, string body) in Unique)
        {
            DateTime time = FirstDay.AddDays(day).AddMinutes(dice.Between(8 * 60, 17 * 60));
            mails.Add(new Mail(time, from, subject, Paragraphs(body, []), null, ""));
        }

        foreach ((string subject, string body) in ForeignOthers)
        {
            (string name, string address) = NewPerson();
            mails.Add(new Mail(RandomTime(), $"{name} <{address}>", subject, Paragraphs(body, Slots(dice.Pick(Products), name)), null, ""));
        }

        foreach ((Topic topic, int times) in RefundTalk)
        {
            for (int i = 0; i < times; i++)
                Converse(topic, null, null);
        }

        while (mails.Count < MailCount)
            Converse(dice.Pick(OtherTopics), null, null);

        List<Mail> ordered = [.. mails.Take(MailCount).Select((mail, i) => (mail, i)).OrderBy(p => p.mail.Time).ThenBy(p => p.i).Select(p => p.mail)];
        StringBuilder text = new();
        StringBuilder refunds = new("mail,customer,product,reason\n");
        for (int i = 0; i < ordered.Count; i++)
        {
            Mail mail = ordered[i];
            string id = (i + 1).ToString("000", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"===== mail {id} =====\nFrom: {mail.From}\nDate: {Prose.Stamp(mail.Time)}\nSubject: {mail.Subject}\n\n{mail.Body}\n\n");
            if (mail.Reason != null)
                refunds.Append(CultureInfo.InvariantCulture, $"{id},{mail.From[..mail.From.IndexOf(" <", StringComparison.Ordinal)]},{mail.Product},{mail.Reason}\n");
        }

        return (text.ToString(), refunds.ToString());

        DateTime RandomTime() => FirstDay.AddDays(dice.Below(80)).AddMinutes(dice.Between(6 * 60, 23 * 60));

        (string Name, string Address) NewPerson()
        {
            while (true)
            {
                string first = dice.Pick(FirstNames);
                string last = dice.Pick(LastNames);
                if (people.Add(first + " " + last))
                    return ($"{first} {last}", $"{Ascii(first)}.{Ascii(last)}@{dice.Pick(Domains)}");
            }
        }

        Dictionary<string, string> Slots(Product product, string name)
        {
            string amount = Prose.Money((dice.Between(18, 180) * 100) + dice.Pick([0, 50, 90, 95]));
            return new Dictionary<string, string>
            {
                ["product"] = product.Name,
                ["damage"] = product.Damage,
                ["delight"] = product.Delight,
                ["question"] = product.Question,
                ["other"] = dice.Pick(Products.Where(p => p != product).ToList()).Name,
                ["order"] = $"FR-{dice.Between(20000, 29999)}",
                ["amount"] = amount + " euros",
                ["sum"] = amount,
                ["city"] = dice.Pick(Cities),
                ["day"] = dice.Pick(Weekdays),
                ["relative"] = dice.Pick(Relatives),
                ["days"] = dice.Pick(["four", "five", "six", "eight", "nine", "eleven", "twelve"]),
                ["name"] = name,
                ["first"] = name[..name.IndexOf(' ', StringComparison.Ordinal)],
                ["clerk"] = dice.Pick(Clerks),
            };
        }

        void Converse(Topic topic, string? reason, ForeignRefund? foreignBody)
        {
            (string name, string address) = NewPerson();
            Product product = dice.Pick(Products);
            Dictionary<string, string> slots = Slots(product, name);
            string from = $"{name} <{address}>";
            DateTime time = RandomTime();
            string subject = Prose.Spin(dice.Pick(topic.Subjects), dice, slots);
            List<string> paragraphs = Compose(topic, slots);
            string body;
            if (foreignBody != null)
            {
                subject = Prose.Spin(foreignBody.Subject, dice, slots);
                body = Paragraphs(foreignBody.Body, slots);
            }
            else
            {
                body = string.Join("\n\n", paragraphs.Select(p => Prose.Wrap(p, 76)));
            }

            mails.Add(new Mail(time, from, subject, body, reason, foreignBody == null ? product.Name : ""));
            if (!dice.Chance(38))
                return;

            slots["clerk"] = dice.Pick(Clerks);
            DateTime answered = time.AddMinutes(dice.Between(50, 1900));
            string quote = Quote(name, time, dice.Chance(35) ? body.Split("\n\n")[^2] : body.Split("\n\n")[1]);
            string reply = string.Join("\n\n", new[]
            {
                Prose.Spin(dice.Pick(ReplyGreetings), dice, slots),
                Prose.Wrap(string.Join(' ', dice.Take(reason != null ? RefundReplies : Replies, 3).Select(t => Prose.Spin(t, dice, slots))), 76),
                Prose.Spin("[Kind regards|Warm regards|All the best],\n{clerk}\nFennel & Rook, customer care", dice, slots),
                quote,
            });
            mails.Add(new Mail(answered, "Fennel & Rook <help@fennelandrook.example>", "Re: " + subject, reply, null, ""));
            if (!dice.Chance(45))
                return;

            string thanks = string.Join("\n\n", new[]
            {
                Prose.Spin("[Hello|Hi|Dear] {clerk},", dice, slots),
                Prose.Wrap(string.Join(' ', dice.Take(Thanks, 2).Select(t => Prose.Spin(t, dice, slots))), 76),
                Prose.Spin("[Best|Thanks again|Regards|Take care],\n{first}", dice, slots),
            });
            mails.Add(new Mail(answered.AddMinutes(dice.Between(20, 900)), from, "Re: " + subject, thanks, null, ""));
        }

        List<string> Compose(Topic topic, Dictionary<string, string> slots)
        {
            List<string> paragraphs = [Spin(dice.Pick(Greetings))];
            string story = Spin(dice.Pick(topic.Opening)) + " " + string.Join(' ', dice.Take(topic.Middle, dice.Between(2, 3)).Select(Spin));
            paragraphs.Add(Mistype(char.ToUpperInvariant(story[0]) + story[1..]));
            if (dice.Chance(88))
                paragraphs.Add(Mistype(string.Join(' ', dice.Take(Chatter, dice.Between(2, 4)).Select(Spin))));
            paragraphs.Add(Spin(dice.Pick(topic.Ask)) + (dice.Chance(60) ? " " + Spin(dice.Pick(Endings)) : ""));
            paragraphs.Add(Spin(dice.Pick(SignOffs)) + ",");
            paragraphs[^1] += "\n" + slots[dice.Chance(60) ? "name" : "first"];
            return paragraphs;

            string Spin(string template) => Prose.Spin(template, dice, slots);
        }

        string Mistype(string sentence)
        {
            if (!dice.Chance(9))
                return sentence;
            (string right, string wrong) = dice.Pick(Typos);
            int at = sentence.IndexOf(right, StringComparison.Ordinal);
            return at < 0 ? sentence : sentence[..at] + wrong + sentence[(at + right.Length)..];
        }

        string Paragraphs(string body, Dictionary<string, string> slots) =>
            string.Join("\n\n", body.Split(" ¶ ").Select(p => Prose.Wrap(Prose.Spin(p, dice, slots), 76)));
    }

    private static string Quote(string name, DateTime time, string paragraph) =>
        $"On {Prose.Stamp(time)}, {name} wrote:\n> " + paragraph.Replace("\n", "\n> ", StringComparison.Ordinal);

    private static string Ascii(string name)
    {
        StringBuilder text = new();
        foreach (char c in name.ToLowerInvariant())
        {
            text.Append(c switch
            {
                'é' or 'è' or 'ë' => "e",
                'ü' => "u",
                'ö' or 'ø' or 'ó' => "o",
                'á' or 'ã' or 'å' => "a",
                'ñ' or 'ń' => "n",
                'ł' => "l",
                'í' => "i",
                'ç' => "c",
                _ => c is >= 'a' and <= 'z' ? c.ToString() : "",
            });
        }

        return text.ToString();
    }
}
