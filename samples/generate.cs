// Writes the sample texts beside this file, the same bytes every time: dotnet run samples/generate.cs
using System.Globalization;
using System.Text;

string folder = AppContext.GetData("EntryPointFileDirectoryPath") as string ?? "samples";
Directory.CreateDirectory(Path.Combine(folder, "contracts"));

(string mails, string refunds) = Mailbox.Write();
(string messages, string messageLabels) = Messages.Write();
(string orders, string orderLabels) = Orders.Write();

Save("mails.txt", mails);
Save("mails.refunds.csv", refunds);
Save("server.log", ServerLog.Write());
Save("messages.txt", messages);
Save("messages.labels.txt", messageLabels);
Save("orders.csv", orders);
Save("orders.labels.txt", orderLabels);
Save("meeting.jsonl", Meeting.Write());
foreach ((string name, string text) in Contracts.Write())
    Save("contracts/" + name, text);

void Save(string name, string text)
{
    File.WriteAllBytes(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
    Console.Error.WriteLine($"{name}: {Encoding.UTF8.GetByteCount(text)} bytes");
}

/// <summary>SplitMix64, so that the files depend on no library's generator.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public List<T> Take<T>(IReadOnlyList<T> items, int count)
    {
        List<T> rest = [.. items];
        List<T> taken = [];
        while (taken.Count < count && rest.Count > 0)
        {
            int at = Below(rest.Count);
            taken.Add(rest[at]);
            rest.RemoveAt(at);
        }

        return taken;
    }

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>Sentence templates: <c>[a|b]</c> is a choice, which may nest; <c>{name}</c> is a slot.</summary>
internal static class Prose
{
    public static string Spin(string template, Dice dice, IReadOnlyDictionary<string, string> slots)
    {
        int at = 0;
        return Sequence(template, ref at, dice, slots);
    }

    public static string Wrap(string paragraph, int width)
    {
        StringBuilder text = new();
        int column = 0;
        foreach (string word in paragraph.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                text.Append('\n');
                column = 0;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.ToString();
    }

    public static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Money(int cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00}");

    private static string Sequence(string s, ref int at, Dice dice, IReadOnlyDictionary<string, string> slots)
    {
        StringBuilder text = new();
        while (at < s.Length && s[at] is not ('|' or ']'))
        {
            if (s[at] == '[')
            {
                List<string> choices = [];
                do
                {
                    at++;
                    choices.Add(Sequence(s, ref at, dice, slots));
                }
                while (s[at] == '|');
                at++;
                text.Append(dice.Pick(choices));
            }
            else if (s[at] == '{')
            {
                int end = s.IndexOf('}', at);
                text.Append(slots[s[(at + 1)..end]]);
                at = end + 1;
            }
            else
            {
                text.Append(s[at++]);
            }
        }

        return text.ToString();
    }
}

/// <summary>The support mailbox of the shop Fennel &amp; Rook: 620 mails, of which 37 ask for money back.</summary>
internal static class Mailbox
{
    private const int MailCount = 620;
    private static readonly DateTime FirstDay = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    private sealed record Mail(DateTime Time, string From, string Subject, string Body, string? Reason, string Product);

    private sealed record Product(string Name, string Damage, string Delight, string Question);

    private sealed record Topic(string[] Subjects, string[] Opening, string[] Middle, string[] Ask);

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

    private sealed record ForeignRefund(string Reason, string Subject, string Body);

    private static readonly string[] FirstNames =
    [
        "Hanna", "Tomás", "Ingrid", "Paul", "Renée", "Jürgen", "Aiko", "Marta", "Oskar", "Leïla", "Gwen", "Patrick", "Sofía", "Niels", "Ruth", "Björn",
        "Camille", "Dario", "Edith", "Farid", "Greta", "Hugo", "Irène", "Jonas", "Katrin", "Luca", "Mireille", "Nadia", "Owen", "Petra", "Quentin", "Rosa",
        "Stefan", "Teresa", "Ulla", "Viktor", "Wanda", "Yusuf", "Zoë", "André", "Brigitte", "Colm", "Delia", "Emil", "Frieda", "Georg", "Helga", "Ivo",
    ];

    private static readonly string[] LastNames =
    [
        "Lindqvist", "Moreno", "Haas", "O'Dell", "Lefèvre", "Köhler", "Tanaka", "Nowak", "Brandt", "Benali", "Pritchard", "Vandermeer", "Castaño", "Holm",
        "Achterberg", "Sørensen", "Dubois", "Ferri", "Winslow", "Rahimi", "Eklund", "Marchetti", "Fournier", "Keller", "Szymański", "Rossi", "Garnier", "Petrova",
        "Llewellyn", "Maier", "Delacroix", "Quiroga", "Weiss", "Almeida", "Virtanen", "Horvat", "Kowal", "Demir", "Van Laer", "Gauthier", "Byrne", "Castellan",
    ];

    private static readonly string[] Domains = ["post.example", "mailhaus.example", "inbox.example", "brieven.example", "letterbox.example", "courriel.example"];

    private static readonly string[] Cities =
        ["Ghent", "Aarhus", "Lyon", "Graz", "Porto", "Leeds", "Turku", "Bologna", "Utrecht", "Rostock", "Galway", "Brno", "Lille", "Malmö", "Basel", "Tartu"];

    private static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private static readonly string[] Relatives = ["sister", "mother", "neighbour", "son", "daughter", "husband", "wife", "father-in-law", "flatmate", "aunt"];

    private static readonly string[] Clerks = ["Maud", "Tibor", "Selina", "Ruben"];

    private static readonly Product[] Products =
    [
        new("copper kettle", "the spout is dented and drips at the seam", "it sings a low note instead of screaming", "does it work on an induction hob"),
        new("reading lamp", "the glass shade is broken in three places", "the light falls exactly on the page and nowhere else", "which bulb does it take"),
        new("linen tablecloth", "there is a long tear along one hem", "it came out of the wash softer than before", "is it cut for a table of two metres"),
        new("oak bread box", "the lid has split from one side to the other", "a loaf stays fresh two days longer in it", "is the wood oiled or varnished"),
        new("cast-iron casserole", "the enamel has chipped off around the rim", "the stew was the best we ever made", "can it go into a very hot oven without the lid"),
        new("wool blanket", "there are four moth holes in the middle", "the cat has claimed it and will not move", "can it be washed at all or only aired"),
        new("wall clock", "the glass is cracked and the minute hand hangs loose", "it runs without any ticking", "does it need a special battery"),
        new("coffee grinder", "the handle snapped and the burr is bent", "the grind is even enough for a small espresso pot", "how many steps does the grind setting have"),
        new("garden lantern", "two of the panes are shattered", "it stayed lit through a whole evening of wind", "does it take ordinary tea lights"),
        new("ceramic teapot", "the handle has come off and lies in the straw", "it pours without a single drop running down", "how many cups does it hold"),
        new("folding stool", "one of the legs is cracked right through", "it carried my uncle, who is not a small man", "what weight is it made for"),
        new("knife block", "the wood is split and one slot is full of splinters", "the slots hold even the odd old knife", "will a blade of 24 centimetres fit"),
        new("bath mat", "the cork has broken away at two corners", "it dries in an hour", "does it slip on tiles"),
        new("picture frame", "the glass arrived in pieces and scratched the mount", "the mitres are so tight one cannot see them", "can it hang upright and lengthwise"),
        new("set of six tumblers", "three of the six are broken", "they stack without sticking", "are they fit for a dishwasher"),
        new("umbrella stand", "the base is bent and it rocks on a flat floor", "it finally ended the puddle in our hallway", "is there a tray for the water"),
    ];

    private static readonly string[] Greetings =
    [
        "[Hello|Hi|Good morning|Good evening|Good afternoon],", "Dear [Fennel & Rook|customer care|team|Sir or Madam|all],", "Hello [Fennel & Rook|there|everyone],",
        "[To whom it may concern|Dear shop],", "Hi [folks|all|again],",
    ];

    private static readonly string[] Endings =
    [
        "[Thank you|Many thanks|Thanks] [in advance|for your help|for reading this far].", "I look forward to [your answer|hearing from you|a short reply].",
        "You can [reach|ring] me [after six|in the mornings|at any time] if that is easier.", "A short [line|word] [by mail|back] is enough.",
        "I am [away|travelling] from {day}, so [before that would be ideal|a reply before then would help].",
        "Let me know if you need [anything else from me|a picture|the packing slip].", "There is no [great hurry|rush] about it.",
    ];

    private static readonly string[] SignOffs =
        ["Best wishes", "Kind regards", "Yours", "Regards", "With best regards", "Many thanks", "Warmly", "Yours faithfully", "Greetings from the rain", "Cheers"];

    private static readonly (string Right, string Wrong)[] Typos =
        [("received", "recieved"), (" the ", " teh "), ("because", "becuase"), ("which", "wich"), ("friend", "freind"), ("really", "realy"), ("would", "woud"), ("until", "untill")];

    private static readonly string[] Chatter =
    [
        "We moved to {city} [in the autumn|last spring|a month ago] and [half our things are still in boxes|the kitchen is only now taking shape].",
        "[It has rained here|It has been raining] for {days} days [without a pause|on end], so [one spends a lot of time looking at one's furniture|nobody minds staying in].",
        "My {relative} [found your shop|told me about you] [through a magazine|at a market in {city}|years ago], and [we have ordered from you ever since|this was my first order].",
        "[By the way|I should add that], your [website|page for orders] [is pleasant to use|loads slowly on my old telephone|logged me out twice].",
        "I [work from home|am at home] [most days|on {day}s], so [a parcel is never a problem|somebody can always open the door].",
        "The house is [old and the floors are not level|from the twenties and nothing in it is straight], which [does not help|makes every purchase an adventure].",
        "We had [guests|the whole family] [over|here] on {day} and [I had hoped to show it off|there were eleven of us around the table].",
        "I have been [a customer|buying from you] for {days} years now and [rarely had a reason to write|have always been content].",
        "The [driver|young man with the van] was [friendly|in a great hurry|kind enough to carry it up], I [must|want to] say that [much|in fairness].",
        "I [wrote|sent a note] [through the form on your site|to the other address] [last week|on {day}] but [perhaps it got lost|I am not sure that it went through].",
        "My {relative} [says|thinks] I [fuss too much|should have gone to a shop in town], [and perhaps that is so|but I like your catalogue].",
        "The [straw|paper] you pack with [is a lovely touch|gets everywhere|has become a bed for our hamster].",
        "[Last year|For my birthday] I [bought|was given] the {other} and [it is still in use every day|it has not let me down once].",
        "[Incidentally|One more thing]: the [spring catalogue|printed catalogue] [never reached us|came twice], [in case that matters to you|so you may want to check our address].",
        "I am [seventy-one|not very good with computers|writing this on a train], so [please excuse my way of putting things|forgive any odd line breaks].",
        "The lift in our building has been out of order for {days} days, which everyone but the landlord finds remarkable.",
        "The stairs here are [narrow|steep], so parcels tend to wait [downstairs|with the baker].",
        "Our [dog|cat|youngest] [was frightened by|took a great interest in] the box, [but that is another story|and we kept it for that reason].",
        "It is [for the kitchen|meant for the guest room|a present for my {relative}], where [we had nothing suitable so far|the old one gave up in the winter].",
        "I [compared|looked at] [several|three or four] others [before choosing|and liked] yours [because of the material|for the plain look].",
        "The [weather|wind] in {city} has been [so odd this month|wild], [we have even seen a rainbow at midnight|and the post arrives when it likes].",
    ];

    private static readonly Dictionary<string, Topic> RefundTopics = new()
    {
        ["damaged"] = new(
            ["[Broken|Damaged] {product}", "{order}: arrived [broken|damaged]", "My {product}", "Order {order}", "Complaint about {order}"],
            [
                "the {product} from order {order} [came|arrived] on {day}, and {damage}.",
                "I unpacked the {product} [this morning|last night] (order {order}) and found that {damage}.",
                "on {day} your parcel {order} reached me; sadly, {damage}.",
            ],
            [
                "The box itself [looked fine|was soft at one corner|had been taped up again], so I [did not refuse it|only saw it later].",
                "I [took|have] [four|a few] pictures and can send them.", "It was clearly [packed too loosely|not packed for such a journey].",
                "I [do not want to glue it|cannot use it like this], as you will understand.", "Nobody here has [dropped|touched] it, I promise.",
            ],
            [
                "[Please refund the {amount}|I would like a full refund of {amount}] to the card I paid with.", "I would like my money back, please, not a second one.",
                "Since it cannot be mended, [please return the {amount}|I ask you to pay back the {amount}] I paid.", "Could you reimburse me the {amount}?",
            ]),
        ["late"] = new(
            ["Too late: {order}", "{order} came after the day", "Delivery of {order}", "Your delivery promise", "{product}, too late"],
            [
                "I ordered the {product} ({order}) for a birthday on {day}, and it came {days} days after it.",
                "you promised order {order} within three days, and it took {days} weeks.",
                "the {product} of order {order} has now arrived, {days} days after the party it was meant for.",
            ],
            [
                "We had to buy [another|a substitute] in town [the evening before|in the end].", "The tracking page [said the same thing all the while|stood still].",
                "I paid [extra for speed|for the express service], which makes it worse.", "[The parcel is unopened|I have not opened it], so it can go straight back.",
                "I do understand that [snow|a strike] happens, but nobody [told us|wrote a line].",
            ],
            [
                "I have no use for it any more and want [my money back|a refund of the {amount}].", "Please take it back and refund the {amount}.",
                "I am sending it back and [expect the {amount} to be paid back|would like the {amount} back] to my account.",
            ]),
        ["wrong item"] = new(
            ["Wrong [item|article] in {order}", "{order}: this is not what I ordered", "Mix-up with {order}", "Not my {product}"],
            [
                "I ordered the {product} ({order}), but the box held a {other}.", "instead of the {product} I was sent a {other} under the number {order}.",
                "order {order} should have been one {product}; what came is a {other}.",
            ],
            [
                "The [packing slip|paper in the box] [names the right thing|has my name on it], so somebody [reached into the wrong shelf|must have been tired].",
                "It is a nice thing, but [we have one|not what I need].", "By now I have bought [one elsewhere|what I needed in {city}].",
                "I can hand it to the carrier on {day}.", "This is [the second mix-up in a year|a first, I admit].",
            ],
            [
                "Please do not send the right one now; I want [a refund of {amount}|the {amount} back].", "I would rather have my money back than wait for another parcel.",
                "Kindly refund the {amount} and tell me where to send this one.",
            ]),
        ["never arrived"] = new(
            ["Where is {order}?", "{order} has not come", "Lost parcel {order}", "Nothing arrived"],
            [
                "order {order} with the {product} was due {days} weeks ago, and nothing has come.", "I am still without the {product} that I paid for in order {order}; it never came.",
                "the parcel {order} is said to have been handed over, but not to me nor to anyone in the house.",
            ],
            [
                "I asked [all the neighbours|at the corner shop and the post office], and nobody has it.", "The carrier [says that it is a matter for the sender|does not pick up the telephone].",
                "The signature on the slip is [not mine|a straight line].", "I have waited [long enough|with a good deal of patience], I think.",
            ],
            [
                "I do not want to wait any longer: please refund the {amount}.", "Please cancel it and give me my money back.", "I am asking you to pay back the {amount} for something I never had in my hands.",
            ]),
        ["changed mind"] = new(
            ["Returning the {product}", "Return of {order}", "{order}: I am sending it back"],
            [
                "the {product} of order {order} is [well made|fine], but it [does not suit the room|is larger than I had imagined].",
                "I bought the {product} ({order}) in a hurry and have thought better of it.",
            ],
            [
                "It is [unused|as it came] and [within the thirty days|in its box].", "[Nothing is wrong with it|The fault is mine alone].", "My {relative} [laughed at it|never liked it], which settled the matter.",
                "I will pay the postage, of course.",
            ],
            ["I would like to send it back and have the {amount} refunded.", "Please tell me how to return it and get my money back."]),
        ["charged twice"] = new(
            ["Charged twice for {order}", "Two payments, one {product}"],
            ["my bank shows two payments of {amount} for the one {product} in order {order}.", "for order {order} you have taken {amount} from my account twice."],
            ["I pressed the button once, as far as I know.", "The [second|other] one came {days} minutes later.", "The {product} itself is a pleasure, to be clear.", "The bank says that only you can undo it."],
            ["Please refund the second payment of {amount}.", "I want the second {amount} paid back."]),
    };

    private static readonly ForeignRefund[] ForeignRefunds =
    [
        new("damaged", "Bestellung {order}: beschädigt", "Guten Tag, ¶ meine Bestellung {order} kam gestern an, leider völlig beschädigt. Der Karton war aufgeweicht und notdürftig verklebt, der Inhalt ist nicht mehr zu gebrauchen. Für einen Ersatz habe ich keine Zeit mehr. ¶ Ich möchte mein Geld zurück, also {sum} Euro, auf mein Konto. Fotos schicke ich gern. ¶ Mit freundlichen Grüßen\n{name}"),
        new("late", "Commande {order} livrée trop tard", "Bonjour, ¶ la commande {order} devait arriver avant Noël ; elle est arrivée hier, alors que la fête est passée depuis longtemps. Le paquet est encore fermé, je peux vous le renvoyer dès demain. ¶ Je vous demande le remboursement de {sum} euros. Merci d'avance pour votre réponse. ¶ Bien à vous,\n{name}"),
        new("wrong item", "Pedido {order} equivocado", "Hola: ¶ en el pedido {order} ha llegado otro artículo, no el que yo había pedido. Ya he comprado uno en una tienda de mi barrio, así que no necesito que envíen nada más. ¶ Quiero que me devuelvan el dinero ({sum} euros). ¿Adónde mando la caja? ¶ Un saludo,\n{name}"),
        new("never arrived", "注文 {order} が届きません", "お世話になっております。 ¶ 先月注文した {order} の商品がまだ届いていません。\n追跡ページは三週間前から変わらず、日本の郵便局にも荷物はないそうです。 ¶ これ以上待てませんので、{sum} ユーロの返金をお願いします。 ¶ どうぞよろしくお願いいたします。\n{name}"),
    ];

    private static readonly (string Subject, string Body)[] ForeignOthers =
    [
        ("Frage zur Pflege", "Guten Morgen, ¶ können Sie mir sagen, wie man das Holz pflegt? Meine Großmutter schwört auf Leinöl, mein Mann auf gar nichts. Über eine kurze Antwort würde ich mich freuen. ¶ Viele Grüße aus Österreich\n{name}"),
        ("Merci !", "Bonjour, ¶ un petit mot pour vous dire que la théière est arrivée à l'heure, très bien emballée, et qu'elle a déjà servi dix fois. Ma sœur en veut une, ma voisine aussi. ¶ À bientôt,\n{name}"),
        ("Adressänderung", "Hallo, ¶ wir sind umgezogen. Bitte schicken Sie den Katalog künftig an die neue Anschrift: Lindenstraße 14, Hinterhaus, dritter Stock. Die alte Adresse können Sie löschen. ¶ Danke schön\n{name}"),
        ("在庫について", "こんにちは。 ¶ 緑色のティーポットは再入荷の予定がありますか。\n東京の友人に贈りたいので、三月末までに知りたいです。 ¶ よろしくお願いします。\n{name}"),
        ("Consulta sobre garantía", "Buenos días: ¶ ¿cuántos años de garantía tiene el molinillo de café? No le pasa nada, es solo curiosidad antes de regalar otro a mi cuñado. ¶ Muchas gracias,\n{name}"),
        ("Spørgsmål om levering", "Hej, ¶ leverer I også til Færøerne? Og hvad koster det for en lille æske på to kilo? På forhånd tak for hjælpen. ¶ Venlig hilsen\n{name}"),
    ];

    private static readonly (int Day, string From, string Subject, string Body)[] Unique =
    [
        (38, "Halden Quay Storage <office@haldenquay.example>", "Works at the loading bay, week 8", "Hello Selina, ¶ The paving in front of the loading bay will be lifted in week 8, so lorries have to use the yard. Pallets up to 1.8 metres still fit through the side entrance; anything taller should wait until the Friday. ¶ The bay bell is cut off meanwhile, so your drivers need the keypad. ¶ The warehouse door code at Halden Quay is 7304-K until the end of April. ¶ Please park on the left, the crane needs the right. ¶ Regards, Ottilie Brask, site office"),
        (46, "Corvid Parcel <dispatch@corvidparcel.example>", "New pick-up time from 2 March", "Dear partner, ¶ From 2 March our van will call at 16:40 instead of 15:15. Parcels that are not on the ramp by then travel with the next day's tour. The driver for your street is now Mr Anselm; Mrs Okafor has gone over to the harbour tour. ¶ With kind regards, Corvid Parcel, dispatch"),
        (49, "Tibor Vass <tibor@fennelandrook.example>", "Rota for the holidays", "Hi all, ¶ Maud covers the first week of March, Ruben the second. I am at my brother's wedding from the 12th to the 16th and will not read mail, whatever the weather. The keys to the sample cabinet hang behind the calendar. ¶ Tibor"),
        (60, "Alder & Pine Joinery <workshop@alderpine.example>", "Oak bread boxes, next batch", "Dear Maud, ¶ The next 120 bread boxes leave us on 19 March. We have changed the hinge: the old one cracked the lid when somebody closed it with a fist, which seems to be common. The price stays at 21.40 euros a piece. ¶ Greetings from the workshop, Jorun"),
        (53, "Kiln Street Pottery <hello@kilnstreet.example>", "Glaze colours for summer", "Hello, ¶ The green you liked cannot be fired again, since the pit it came from is closed. We offer a grey-green (sample 14) and a blue that turns violet in the evening (sample 15). Choose before 10 March and the teapots are with you in May. ¶ Best, Wim"),
        (74, "Maud Terlinden <maud@fennelandrook.example>", "Numbers for the board", "Dear Ruben, ¶ Could you count the complaints of the first quarter by reason before the board meets on 8 April? Last time we gave them a guess, and somebody noticed. Only true requests for repayment, please, not everyone who happens to use the word. ¶ Maud"),
    ];

    private static readonly (Topic Topic, int Times)[] RefundTalk =
    [
        (new(
            ["Question before I order", "Your return policy", "Returns?"],
            ["before I order the {product} I would like to know how returns work.", "I am thinking of buying a {product} as a present and have a question about your rules."],
            ["Your page speaks of thirty days, but [from which day|does that hold for gifts].", "In another shop I had to pay for the parcel back, which [was dear|annoyed me].", "I am sure that I shall keep it, but [one likes to know|my {relative} wants to know]."],
            ["Would one get a refund in such a case, or a voucher?", "How long does a refund usually take with you?"]), 8),
        (new(
            ["Refund received, thank you", "Thanks for the quick refund"],
            ["the refund for order {order} was in my account on {day} already.", "I just saw that the {amount} for the {product} has been refunded."],
            ["That was [faster than I feared|a pleasant surprise].", "I [will order again|have already looked at the {other}].", "The person on the telephone was [patient|very kind]."],
            ["So the matter is closed for me.", "Nothing more to do; I only wanted to say thank you."]), 7),
        (new(
            ["Spare part for the {product}", "Small flaw, no drama"],
            ["the {product} in order {order} has a small flaw: {damage}.", "there is one thing about the {product} ({order}): {damage}."],
            ["My {relative} [can mend it|has a workshop].", "We [use it all the same|have grown fond of it].", "I only mention it so that you can tell the maker."],
            ["I do not want a refund, a spare part would do.", "No refund needed, please; just a new piece if you have one."]), 6),
    ];

    private static readonly Topic[] OtherTopics =
    [
        new(
            ["Where is my parcel?", "{order}: delivery date", "Tracking of {order}", "Still waiting for the {product}"],
            ["can you tell me when order {order} will be here?", "the tracking page for {order} has said \"on its way\" for {days} days.", "I ordered a {product} on {day} and wonder where it is."],
            ["I shall be [out|at work] on {day}, so it would be good to know.", "The carrier's page [shows a map of the sea|is in a language I cannot read].", "It is not urgent, but [my {relative} keeps asking|curiosity is killing me].", "Last time it took [two|three] days only."],
            ["Could you look into it?", "When may I expect it?", "Would you give me the name of the carrier?"]),
        new(
            ["Question about the {product}", "{product}: a detail", "Before I order"],
            ["I am [looking at|thinking about] the {product} in your catalogue and have a question: {question}?", "a short question about the {product}: {question}?"],
            ["The description on your page [does not say|leaves that open].", "In the picture it looks [larger than I thought|rather small].", "We had one from another maker, and it [lasted one winter|rusted].", "Also, is it made in [Portugal|the same workshop as the {other}]?", "And is there a second colour?"],
            ["Could you help me decide?", "I would order at once if I knew.", "Perhaps someone could measure it for me?"]),
        new(
            ["Thank you!", "The {product} is lovely", "A compliment"],
            ["the {product} has been with us for {days} days now, and {delight}.", "I do not often write such mails, but {delight}. I mean the {product}, of course."],
            ["My {relative} wants one too.", "It [came on time|was here a day early] and [well packed|without a scratch].", "The note in the box made [us all smile|me smile].", "Please tell the people who make it."],
            ["That is all I wanted to say.", "Keep it up.", "You may quote me on your page, if you like."]),
        new(
            ["New address", "Change of address for {order}", "We have moved"],
            ["I have moved, and order {order} should go to the new address.", "please send order {order} to my office in {city} instead of my home."],
            ["The old flat is empty from {day} on.", "The new house has no bell yet, so [the driver should knock|please leave it with the baker].", "My account page would not let me change it myself.", "If it has left you already, I shall talk to the carrier."],
            ["Can you change it in time?", "Please confirm the change.", "Is that possible?"]),
        new(
            ["Invoice for {order}", "Invoice with VAT number", "Missing invoice"],
            ["I need an invoice for order {order} with the name of my firm on it.", "the invoice for the {product} ({order}) did not come with the parcel."],
            ["Our accountant [insists on paper|closes the books on {day}].", "A PDF by mail is enough.", "The VAT number is the one of my last order.", "Please leave out my first name."],
            ["Could you send it again?", "May I have it this week?", "Would you be so kind?"]),
        new(
            ["Adding to order {order}", "Can I change {order}?", "One more {other}"],
            ["can I still add a {other} to order {order}?", "I ordered the {product} in {order} but would rather have two of them."],
            ["It would be [silly|a pity] to send two parcels.", "I shall pay the difference at once.", "My {relative} saw it and wanted the same.", "If it is too late, I will make a second order."],
            ["Is it packed already?", "Please tell me what it would cost.", "Let me know if that works."]),
        new(
            ["Gift wrapping", "A present for my {relative}", "Card with {order}"],
            ["order {order} is a present for my {relative}; can it be wrapped?", "I forgot to tick the box for the gift card in order {order}."],
            ["The text should be: \"For many good breakfasts\".", "Please take the price off the packing slip.", "Brown paper and string would be perfect.", "It goes straight to {city}, not to me."],
            ["Can you do that?", "What does it cost?", "I hope that it is not too late."]),
        new(
            ["When will the {product} be back?", "Sold out: {product}", "Stock of the {product}"],
            ["your page says that the {product} is sold out.", "I have been waiting for the {product} to come back since the autumn."],
            ["Is the maker [ill|on holiday]?", "I would also take [the old model|one with a small scratch].", "A friend in {city} has one, and I am jealous.", "I do not want the {other} instead, thank you."],
            ["Could you put me on a list?", "When do you expect the next batch?", "Will it come back at all?"]),
        new(
            ["Care of the {product}", "How do I clean it?", "Stains"],
            ["how does one clean the {product}?", "after {days} weeks of use the {product} has a dark ring that will not go away."],
            ["I tried [vinegar|warm water|baking soda], with little success.", "The leaflet [got wet|was thrown out with the straw].", "I am afraid of doing more harm than good.", "My {relative} would use sand, but I stopped that."],
            ["What do you advise?", "Is there a trick?", "Would oil help?"]),
        new(
            ["Replacement for the {product}", "Guarantee", "{order}: a fault after a year"],
            ["my {product} from last year has a fault: {damage}.", "after about a year of use, something went wrong with my {product} ({order}): {damage}."],
            ["I think that is still within the guarantee.", "I would be glad of a new one, as I [like it|am used to it].", "The receipt is [in front of me|somewhere].", "It was never treated roughly."],
            ["Could you send a replacement?", "Can it be repaired?", "What do you need from me for a replacement?"]),
        new(
            ["Catalogue", "Please stop the newsletter", "Too many mails"],
            ["please take me off the list for the newsletter.", "I get your newsletter {days} times a week, which is rather a lot."],
            ["The link at the bottom [leads nowhere|asks for a password].", "I do want to keep the printed catalogue.", "Nothing against you, I just read too much on a screen.", "The recipes in it were good, though."],
            ["Thank you for seeing to it.", "Can you stop it by hand?", "Once a month would be fine."]),
        new(
            ["Your shop in {city}", "Opening hours", "Can I come by?"],
            ["do you still have the small shop in {city}?", "we shall be in {city} on {day} and would like to see the {product} before buying."],
            ["The hours on the door and on the page differ.", "We come by train and would carry it home.", "Is there somewhere to leave a bicycle?", "My {relative} does not buy anything without having touched it."],
            ["When are you open?", "Do we need an appointment?", "Is it on show there?"]),
        new(
            ["A voucher that does not work", "Voucher code", "Problem at the checkout"],
            ["the voucher from my {relative} is not accepted at the checkout.", "I cannot finish my order for the {product}; the page stops at the payment."],
            ["It says \"try again later\", and I have, {days} times.", "I used [another browser|my neighbour's computer] too.", "The voucher is from December, so it cannot be too old.", "Nothing was taken from my account, I checked."],
            ["What am I doing wrong?", "Can you put the order in for me?", "Could someone ring me?"]),
    ];

    private static readonly string[] ReplyGreetings = ["Dear {name},", "Hello {first},", "Good day {first},", "Dear {first},"];

    private static readonly string[] Replies =
    [
        "Thank you for [your mail|writing to us].", "I have [asked|spoken with] [our warehouse|the workshop] and [will come back to you by {day}|expect an answer on {day}].",
        "You will find the [details|answer] [in your account|on the page for your order] from [tonight|tomorrow] on.", "I have made a note [on your order|in our books], so nothing more is needed from you.",
        "It is quite [simple|possible], and I have [already done it|passed it on].", "[We are sorry for the trouble|I am sorry that this was not clear].",
        "The {product} is [one of our oldest pieces|dear to us], so [your words reached the right people|we know it well].", "Should anything [else|more] come up, [just answer this mail|ask for {clerk}].",
        "The carrier [has promised|tells us] [an answer|news] [within two days|by {day}].",
    ];

    private static readonly string[] RefundReplies =
    [
        "I am sorry [to read this|about that].", "The refund [is on its way|has been started] and [takes|should take] [three|five] working days.", "You [need not|do not have to] send anything back.",
        "Please keep the box until {day}, in case the carrier [asks|wants to see it].", "I have told [the packers|our warehouse] what happened.", "You will get a note from us once [the bank has confirmed it|it is through].",
    ];

    private static readonly string[] Thanks =
    [
        "[Thank you|Thanks] for the [quick|kind|friendly] answer.", "[That settles it|All is well now].", "I shall [wait until {day}|keep an eye on it].", "[My {relative} is relieved|We are happy].",
        "[I had not expected a reply on a {day}|So quick an answer is rare these days].", "Then [everything is clear|I know what to do].",
    ];
}

/// <summary>One day of a shop's servers in 10,000 lines, with an outage from 14:02 to 14:31.</summary>
internal static class ServerLog
{
    private const int LineCount = 10_000;
    private static readonly string[] Web = ["web-01", "web-02", "web-03", "web-04"];
    private static readonly string[] Api = ["api-01", "api-02"];

    private static readonly (string Method, string Path, int Weight, int Median)[] Endpoints =
    [
        ("GET", "/api/orders", 20, 110), ("GET", "/api/products", 26, 60), ("GET", "/api/search", 16, 220), ("GET", "/api/cart", 14, 80),
        ("POST", "/api/cart", 9, 130), ("POST", "/api/orders", 6, 260), ("POST", "/api/payments", 5, 480), ("GET", "/health", 12, 4),
    ];

    public static string Write()
    {
        Dice dice = new(1403);
        List<string> lines = [];
        DateTime time = new(2026, 3, 1, 0, 0, 7, DateTimeKind.Utc);
        int script = 0;
        int traces = 0;
        while (lines.Count < LineCount)
        {
            while (script < Story.Length && TimeSpan.Parse(Story[script].Clock, CultureInfo.InvariantCulture) <= time.TimeOfDay)
            {
                lines.Add($"2026-03-01 {Story[script].Clock} {Story[script].Text}");
                script++;
            }

            bool outage = time.TimeOfDay >= new TimeSpan(14, 6, 0) && time.TimeOfDay < new TimeSpan(14, 31, 0);
            Add(outage ? Outage(dice) : Usual(dice));
            if (outage && traces < 7 && lines[^1].Contains("timed out", StringComparison.Ordinal) && dice.Chance(12))
            {
                traces++;
                lines.Add("    System.TimeoutException: The wait for a connection ended after 30 s");
                lines.Add("       at Shop.Data.ConnectionPool.Rent(TimeSpan wait)");
                lines.Add($"       at Shop.{(traces % 2 == 0 ? "Carts.CartStore" : "Orders.OrderStore")}.Load(Int32 id)");
            }

            time = time.AddSeconds(outage ? dice.Between(1, 4) : Gap(time.Hour));
        }

        return string.Join('\n', lines.Take(LineCount)) + "\n";

        void Add(string text) => lines.Add($"{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {text}");

        // Fewer requests at night; the mean fills the day with the wanted number of lines.
        int Gap(int hour) => hour < 6 ? dice.Between(5, 27) : hour < 9 ? dice.Between(2, 15) : hour < 22 ? dice.Between(1, 14) : dice.Between(3, 18);
    }

    private static string Usual(Dice dice)
    {
        int kind = dice.Below(1000);
        if (kind < 22)
            return $"INFO  host=worker-01 job={dice.Pick(["invoice-mail", "stock-sync", "thumbnail", "newsletter"])} done items={dice.Between(1, 90)} took={dice.Between(120, 4800)}ms";
        if (kind < 29)
            return $"WARN  host=db-01 replication lag={dice.Between(2, 9)}s";
        if (kind < 35)
            return $"WARN  host={dice.Pick(Api)} card gateway slow, attempt={dice.Between(2, 3)} took={dice.Between(2000, 4900)}ms";
        if (kind < 39)
            return $"ERROR host={dice.Pick(Api)} POST /api/payments took={dice.Between(900, 4000)}ms status=502 card gateway closed the connection";
        if (kind < 41)
            return $"ERROR host=worker-01 job=thumbnail failed: picture {dice.Between(1000, 9999)} is no JPEG";
        (string method, string path, int _, int median) = Endpoint(dice);
        string host = dice.Pick(path is "/api/payments" or "/api/orders" ? Api : Web);
        int tookMs = Math.Max(1, median * dice.Between(45, 160) / 100);
        if (kind < 52 && path != "/health")
            return $"WARN  host={host} slow request {method} {path} took={tookMs + dice.Between(1900, 3600)}ms status=200";
        int status = path == "/health" ? 200 : dice.Chance(2) ? 404 : method == "POST" ? 201 : 200;
        return $"INFO  host={host} {method} {path} took={tookMs}ms status={status}";
    }

    private static string Outage(Dice dice)
    {
        int kind = dice.Below(100);
        (string method, string path, int _, int median) = Endpoint(dice);
        string host = dice.Pick(path is "/api/payments" or "/api/orders" ? Api : Web);
        if (kind < 12)
            return $"ERROR host={dice.Pick([.. Api, .. Web])} connection pool exhausted: 50 of 50 in use, {dice.Between(4, 61)} waiting";
        if (kind < 40 && path != "/health")
            return $"ERROR host={host} {method} {path} took={30_000 + dice.Between(1, 90)}ms status=504 timed out waiting for a connection";
        if (kind < 58 && path != "/health")
            return $"WARN  host={host} slow request {method} {path} took={dice.Between(6000, 29_000)}ms status=200";
        return $"INFO  host={host} {method} {path} took={median * dice.Between(60, 300) / 100}ms status=200";
    }

    private static (string Method, string Path, int Weight, int Median) Endpoint(Dice dice)
    {
        int at = dice.Below(Endpoints.Sum(e => e.Weight));
        foreach ((string Method, string Path, int Weight, int Median) endpoint in Endpoints)
        {
            at -= endpoint.Weight;
            if (at < 0)
                return endpoint;
        }

        return Endpoints[0];
    }

    private static readonly (string Clock, string Text)[] Story =
    [
        ("00:30:00", "INFO  host=worker-01 job=backup started"),
        ("00:52:41", "INFO  host=worker-01 job=backup done items=214 took=1361000ms"),
        ("03:12:19", "FATAL host=worker-01 disk full on /var/spool, stopping"),
        ("03:12:55", "INFO  host=worker-01 started version=4.11.7"),
        ("11:47:30", "INFO  host=worker-02 deploy version=4.12.0 by=release-bot"),
        ("13:58:03", "INFO  host=worker-02 job=stock-report started by=manual rows=48211 connections=one-per-row"),
        ("14:02:11", "WARN  host=db-01 connections 160 of 200"),
        ("14:03:40", "WARN  host=db-01 connections 181 of 200"),
        ("14:05:26", "WARN  host=db-01 connections 200 of 200, worker-02 holds 143"),
        ("14:06:02", "ERROR host=web-03 connection pool exhausted: 50 of 50 in use, 12 waiting"),
        ("14:19:42", "FATAL host=api-02 no connection for 600 s, stopping"),
        ("14:21:05", "FATAL host=api-01 no connection for 600 s, stopping"),
        ("14:23:30", "FATAL host=web-03 health check failed 5 times, leaving the cluster"),
        ("14:24:10", "WARN  host=web-01 no api host answers, serving the sorry page"),
        ("14:29:48", "INFO  host=worker-02 job=stock-report killed by=on-call"),
        ("14:30:05", "INFO  host=db-01 connections 57 of 200"),
        ("14:30:20", "INFO  host=api-01 started version=4.11.7"),
        ("14:30:26", "INFO  host=api-02 started version=4.11.7"),
        ("14:30:58", "INFO  host=web-03 started version=4.11.7"),
        ("14:40:00", "INFO  host=worker-02 deploy version=4.11.7 by=on-call"),
    ];
}

/// <summary>300 short messages in OOLONG's row format; the labels are in a file of their own.</summary>
internal static class Messages
{
    private static readonly (int User, int Weight)[] Users =
    [
        (63685, 14), (20417, 6), (88120, 9), (41299, 11), (75034, 7), (19862, 5), (50911, 8), (33470, 10), (97206, 4), (12754, 8), (68843, 6), (26590, 7),
    ];

    public static (string Rows, string Labels) Write()
    {
        Dice dice = new(5007);
        StringBuilder rows = new();
        StringBuilder labels = new();
        HashSet<string> seen = [];
        Dictionary<string, string> slots = [];
        while (seen.Count < 300)
        {
            bool spam = dice.Chance(39);
            slots["name"] = dice.Pick(["Mara", "Jon", "Priya", "Felix", "Noor", "Elsa", "Tom", "Ines"]);
            slots["place"] = dice.Pick(["the station", "the office", "the library", "Gran's", "the pool", "the bakery"]);
            slots["time"] = $"{dice.Between(1, 11)}:{dice.Pick(["00", "15", "30", "45"])}";
            slots["sum"] = $"{dice.Between(2, 95) * 100}";
            slots["number"] = $"{dice.Between(60000, 89999)}";
            string text = Prose.Spin(dice.Pick(spam ? Spam : Ham), dice, slots);
            if (!seen.Add(text))
                continue;
            DateTime date = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(dice.Below(181));
            int at = dice.Below(Users.Sum(u => u.Weight));
            int user = Users.First(u => (at -= u.Weight) < 0).User;
            rows.Append(CultureInfo.InvariantCulture, $"Date: {date:MMM dd, yyyy} || User: {user} || Instance: {text}\n");
            labels.Append(spam ? "spam\n" : "ham\n");
        }

        return (rows.ToString(), labels.ToString());
    }

    private static readonly string[] Spam =
    [
        "[CONGRATULATIONS|WINNER]! Your number [was drawn|has been picked] for a [prize|reward] of {sum} euros. [Text|Reply] CLAIM to {number} [now|before midnight].",
        "[URGENT|Final notice]: your [bank|savings] account is [locked|on hold]. Confirm your password at secure-login-{number}.example [today|within 24 hours].",
        "[Earn|Make] {sum} euros a week from [home|your sofa], [no experience needed|no questions asked]. Reply YES to {number}.",
        "FREE [ringtone|holiday|phone] for the first 50 callers! [Call|Dial] {number} now, only 1.50 a minute.",
        "Hot [singles|neighbours] are waiting to [chat|meet] you tonight. Send LOVE to {number}. 18+",
        "Cheap [pills|watches|loans], [no prescription|no checks], delivered [in plain wrapping|overnight]. Order at best-deals-{number}.example",
        "Your parcel is held at customs. Pay the fee of 1.99 at parcel-fee-{number}.example or it will be [returned|destroyed].",
        "You have been [pre-approved|selected] for a loan of {sum} euros. No papers, no waiting! Call {number}.",
        "[Double|Triple] your coins in [7|10] days, guaranteed. Deposit {sum} at moon-{number}.example and watch it grow!",
        "Dear friend, I am the [widow|lawyer] of a minister and need your help to move {sum},000 dollars. You keep [30|40] percent. Write to box {number}.",
        "[Last chance|Only today]: 90% OFF all designer bags!!! Click bags-{number}.example before they are gone.",
        "Your [computer|phone] has {number} viruses! Download our cleaner NOW or lose all your [photos|files].",
        "You owe a fine of {sum} euros. Pay by gift card to {number} to avoid [arrest|court].",
    ];

    private static readonly string[] Ham =
    [
        "[Running late|Missed the bus], [start without me|see you at {time}].", "[Can|Could] you pick up [milk|bread|the parcel|{name}] on your way [home|back] from {place}?",
        "Happy birthday [{name}|dear {name}]! [Cake|Tea] at {time}?", "I left my [umbrella|keys|charger|scarf] at {place}, [can you look|is it still there]?",
        "Meeting moved to {time}, [same room|room {number}].", "Mum says [dinner|lunch] is at {time}, [bring {name}|don't be late].",
        "[Did you feed|Have you seen] the cat [today|this morning]? [She|He] is [shouting at me|on the roof again].", "Thanks for [yesterday|the lift], [{name} and I|we all] had a [lovely|great] time.",
        "The train is stuck [near|outside] {place}, [no idea how long|they say twenty minutes].", "Do you still have my copy of the [bird|chess|soup] book? {name} wants to [borrow|read] it.",
        "Practice is [cancelled|off] [tonight|on Friday], the [hall|pitch] is [flooded|locked].", "I passed the [exam|driving test]!! [Tell {name}|Drinks at {time}]?",
        "Sorry, [can't talk|in a meeting], will ring you at {time}.", "Your prescription is ready, [please|you can] collect it at {place} before {time}.",
        "Which [paint|colour] did we say for the [hall|kitchen], [the grey or the green|the first or the second]?", "[Landlord|Plumber] comes [Tuesday|Thursday] at {time}, [will you be in|can you let him in]?",
        "{name} lost a tooth [at school|in an apple] and is [very proud|telling everyone].", "I won the [office|pub] quiz [with {name}|last night], the prize was a [pen|mug].",
        "Send me the [notes|slides] when you [can|get home], I was [ill|asleep].", "Free on [Saturday|Sunday]? [{name} needs help moving|We could walk out to the lake].",
        "The [garage|bank] called, the [car|card] is ready [after {time}|at {place}].",
    ];
}

/// <summary>500 orders with reviews, as RFC 4180 with LF line ends; a label for each review is in a file of its own.</summary>
internal static class Orders
{
    private static readonly (string Name, int Weight, int Cents)[] Products =
    [
        ("Kettle, copper, 1.5 l", 28, 6490), ("Reading lamp", 15, 8900), ("Bread box, oak", 14, 4450), ("Wool blanket", 12, 11900),
        ("Teapot \"Halden\", green", 11, 3875), ("Coffee grinder", 9, 7250), ("Garden lantern", 6, 2960), ("Wall clock", 5, 5435),
    ];

    private static readonly string[] Customers =
    [
        "Café Lumière", "Haus Müller, Pension", "Brandt & Sons", "Hotel Seeblick", "Nowak, Marta", "Pritchard Ltd", "Bistro Sørensen", "Studio Tanaka", "Villa Rosa",
        "Maison Dubois", "Eklund AB", "The Old Ferry Inn", "Castaño Hermanos", "Keller GmbH", "Garnier, Irène",
    ];

    public static (string Rows, string Labels) Write()
    {
        Dice dice = new(79);
        List<(DateTime Date, string Row, string Label)> orders = [];
        while (orders.Count < 500)
        {
            int day = dice.Below(181);
            DateTime date = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day);
            string customer = dice.Pick(Customers);
            // Three customers fade in the second quarter; the others keep their pace, more or less.
            if (date.Month > 3 && customer is "Hotel Seeblick" or "Studio Tanaka" or "Garnier, Irène" && dice.Chance(78))
                continue;
            int at = dice.Below(Products.Sum(p => p.Weight));
            (string product, int _, int cents) = Products.First(p => (at -= p.Weight) < 0);
            int amount = cents * dice.Pick([1, 1, 1, 2, 2, 3]) * dice.Pick([100, 100, 95, 90]) / 100;
            int mood = dice.Below(100);
            bool bad = mood < (product.StartsWith("Kettle", StringComparison.Ordinal) ? 41 : 17);
            string review = Prose.Spin(dice.Pick(bad ? Bad : mood < 88 ? Good : Neutral), dice, new Dictionary<string, string>());
            string row = $"{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},{Cell(customer)},{Cell(product)},{Prose.Money(amount)},{Cell(review)}\n";
            orders.Add((date, row, bad ? "negative" : "other"));
        }

        List<(DateTime Date, string Row, string Label)> ordered = [.. orders.OrderBy(o => o.Date)];
        return ("order_date,customer,product,amount,review\n" + string.Concat(ordered.Select(o => o.Row)), string.Concat(ordered.Select(o => o.Label + "\n")));
    }

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static readonly string[] Bad =
    [
        "[Broke|Came apart] after [two|three|five] weeks, [a disappointment|never again].", "The [lid|switch|handle] [sticks|rattles], [I had hoped for better|not worth the price].",
        "[Arrived|Came] [dented|scratched], and nobody answered my mail.", "[Smaller|Duller] than in the picture. [I regret it|It went to the cellar].",
        "They call it \"[solid|handmade]\"; it [wobbles|bends] when you look at it.", "Poor. [The finish peels|It smells of glue], even after a month.",
        "One star\nfor the box, none for what was in it.",
    ];

    private static readonly string[] Good =
    [
        "[Lovely|Beautiful|Sturdy], [would buy it again|a joy every morning|my guests ask about it].", "[Exactly|Just] what [we needed|I had in mind], and [quick|well packed].",
        "Our [second|third] one, [the first still works|because the first was so good].", "Worth every cent.", "My [mother|husband], who likes nothing, likes it.",
        "\"A treasure\", says my [aunt|cook], and she is right.", "Fine work, [warm colour|good weight], thank you!", "[Très beau|Sehr schön|Muy bonito], [merci|danke|gracias]!",
    ];

    private static readonly string[] Neutral =
        ["It does what it should.", "As described, [no more, no less|neither good nor bad].", "Not used yet.", "Ordered for the [office|guest house], no opinion so far."];
}

/// <summary>Three weekly meetings of the shop: nine decisions, of which two are reversed later.</summary>
internal static class Meeting
{
    public static string Write()
    {
        Dice dice = new(1017);
        StringBuilder rows = new();
        DateTime time = default;
        foreach (string line in Script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
            {
                time = DateTime.ParseExact(line[2..], "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(9).AddSeconds(dice.Between(5, 90));
                continue;
            }

            string[] parts = line.Split(": ", 2);
            string text = parts[1].Replace("\"", "\\\"", StringComparison.Ordinal);
            rows.Append(CultureInfo.InvariantCulture, $"{{\"time\": \"{time:yyyy-MM-dd HH:mm:ss}\", \"speaker\": \"{parts[0]}\", \"text\": \"{text}\"}}\n");
            time = time.AddSeconds(6 + (parts[1].Length / 3) + dice.Below(12));
        }

        return rows.ToString();
    }

    private const string Script = """
        # 2026-03-10
        Maud: Good morning. Is everyone here?
        Ruben: Tibor is on the train, he joins us from the phone.
        Tibor: I can hear you, if the tunnels let me.
        Maud: Three points today: the newsletter, the express promise, the glaze for summer.
        Selina: Can we begin with the newsletter? I have the numbers here.
        Maud: Please.
        Selina: In February 212 people left the list, and most of them gave the same reason: too many mails.
        Ruben: We send twice a week. I would leave too.
        Tibor: The sales do go up on the days we send, though.
        Selina: They do, and then they go down on the day after. Over the week it is the same.
        Inès: I write it, and I would rather write one good one than eight thin ones.
        Ruben: Once a month, then?
        Maud: Any objection? No. Decided: the newsletter goes out once a month, from April.
        Inès: Then I will draft the April one by the 27th.
        Maud: Thank you. The express promise.
        Ruben: We promise three days, and in the first weeks of the year we missed it for every fifth parcel.
        Tibor: That is the carrier and not us.
        Ruben: The customer does not care whose fault it is.
        Selina: And they are right. We took extra money for it.
        Maud: How many of the complaints are about this?
        Ruben: I am still counting. Several are, and some of them want their money back.
        Tibor: We could promise five days and keep it.
        Selina: Nobody pays extra for five days.
        Maud: Then we take it off the page until the carrier is better. Decided: no express promise for now.
        Ruben: I will change the page today.
        Tibor: You are breaking up, what was decided?
        Maud: No express promise for now.
        Tibor: Fine with me.
        Maud: The glaze. Wim cannot fire the green any more.
        Inès: A pity, the green teapot is the one people write about.
        Selina: He offers grey-green, sample 14, and blue that turns violet, sample 15.
        Inès: The violet looks odd in the morning light.
        Ruben: Grey-green is nearer to what people know.
        Maud: Decided: we take sample 14, the grey-green.
        Selina: I will write to Wim before noon.
        Tibor: Did anyone water the plant in my room?
        Inès: It is thriving without you.
        Maud: Anything else? No? Then I will send the notes.
        Ruben: Same time next week.
        Maud: Same time next week.
        # 2026-03-17
        Maud: Good morning. Tibor, how was the wedding?
        Tibor: Long. My brother danced, which nobody had foreseen.
        Maud: On the list: the outage, the pick-up time, and Wim again.
        Ruben: I can start with the outage of the first of March.
        Maud: Go ahead.
        Ruben: Someone started the stock report by hand at two in the afternoon, and it opened one connection per row.
        Tibor: Someone is me. I am sorry.
        Ruben: No harm meant. But it took every connection the database had.
        Selina: How long were we gone?
        Ruben: Half an hour, from two past two until half past.
        Inès: My mother tried to order a lantern just then.
        Ruben: The report is repaired, it needs one connection now.
        Maud: What do we change?
        Tibor: Nobody should be able to start it in the daytime, not even me.
        Ruben: And the report user should have a limit of ten connections.
        Maud: Decided: reports run only at night, and with a limit of ten connections.
        Ruben: I will set the limit this week.
        Selina: Will we see it sooner next time?
        Ruben: There were warnings four minutes before, and nobody was looking.
        Tibor: I will make those warnings ring a phone, by Friday.
        Maud: Thank you, Tibor. The pick-up.
        Selina: Corvid wants to come at 16:40 instead of 15:15.
        Ruben: That gives us more than an hour.
        Inès: And the packers would have to stay longer.
        Selina: I asked them, they start later in return.
        Maud: Decided: pick-up is at 16:40, and the packers start at ten.
        Selina: I will tell Corvid.
        Maud: Now Wim.
        Inès: He sent a fired cup in each glaze. I take back what I said: the blue is the better one.
        Ruben: Let me see. Oh. Yes.
        Selina: The grey-green looks like dishwater, I am afraid.
        Tibor: I cannot see anything, my camera is off, but I trust Inès.
        Maud: I had already signed for 14.
        Selina: He has not begun yet, I asked.
        Maud: Decided: we change to sample 15, the blue.
        Selina: Then I will write to Wim once more, with an apology.
        Ruben: The complaint numbers for the board come next week.
        Maud: Only true requests, please.
        Ruben: Only true requests.
        Maud: Good. Until next week.
        # 2026-03-24
        Maud: Good morning, all. Short today, I have the bank at ten.
        Ruben: I have the complaint numbers.
        Maud: Let us hear.
        Ruben: Damage comes first, delay comes second, and then it thins out.
        Selina: Damage of what?
        Ruben: Of everything with glass, and of the bread box lid.
        Tibor: The joiners have changed the hinge.
        Inès: Because somebody closed one with a fist, Jorun wrote.
        Tibor: That was not me.
        Maud: Do we need better boxes?
        Selina: A second layer of straw costs eleven cents a parcel.
        Ruben: A broken lamp costs us eighty-nine euros.
        Maud: Decided: two layers of straw for everything with glass.
        Selina: I will order the straw.
        Inès: The hamsters will be glad.
        Maud: What about the delay?
        Ruben: Since the later pick-up it has been better. Not one missed in nine days.
        Selina: Corvid would even put it in writing: three days, or the postage is theirs.
        Tibor: Then we could promise it again.
        Inès: We took it off two weeks ago.
        Tibor: Two weeks ago it was not true.
        Ruben: I would wait another week, but I can live with it.
        Maud: With the paper from Corvid we can. Decided: the express promise comes back on the first of April.
        Ruben: I will put it back on the page.
        Selina: I will have the paper from Corvid by Monday.
        Maud: The bread boxes.
        Tibor: The batch of 120 is here, and the new hinge holds. I tried it with a fist.
        Inès: I thought so.
        Maud: How many do we sell in a quarter?
        Ruben: About seventy.
        Tibor: Jorun gives us a better price for 200.
        Selina: We have no room for 200.
        Maud: Decided: we order 120 again in June, not 200.
        Tibor: I will tell Jorun.
        Maud: Last point, the summer. Who is away in July?
        Inès: I am, the first two weeks.
        Tibor: I am, the last two. 日本 at last.
        Selina: I am not going anywhere, as usual.
        Maud: We will talk about help for the summer next time. I must run.
        Ruben: Good luck at the bank.
        """;
}

/// <summary>Six contracts of the shop; the lease, the supply and the licence agreements have a change-of-control clause.</summary>
internal static class Contracts
{
    private sealed record Contract(
        string File, string Title, string Party, string Role, string Subject, DateTime Start, int NoticeDays, string Law, string? Cap, string Money, string? Control, string[] Special);

    public static IEnumerable<(string Name, string Text)> Write()
    {
        foreach (Contract c in All)
        {
            List<(string Title, string Text)> clauses =
            [
                ("Subject", c.Subject),
                ("Term", $"This agreement begins on {c.Start.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} and runs until it is ended. Either party may end it by notice in writing of {c.NoticeDays} days to the end of a month. A party that is in serious breach and does not mend it within fifteen days of being asked to may be given notice with immediate effect."),
                ("Payment", c.Money + " Sums not paid within thirty days of the invoice bear interest at one half of one per cent for each month begun. A party may set off only what is undisputed or has been awarded by a court."),
                .. c.Special.Select(s => (s[..s.IndexOf(": ", StringComparison.Ordinal)], s[(s.IndexOf(": ", StringComparison.Ordinal) + 2)..])),
                ("Confidence", "Each party keeps to itself what it learns of the other's prices, customers and methods, and shows it only to those of its staff who need it for this agreement. The duty outlasts the agreement by two years. It does not cover what is public or what a court orders to be disclosed."),
                ("Events beyond control", "Neither party answers for a failure that is due to events beyond its reasonable control, such as flood, fire, strike or the act of an authority, as long as the event lasts and provided that it tells the other without delay. If the event lasts longer than sixty days, either party may withdraw."),
            ];
            if (c.Cap != null)
                clauses.Add(("Liability", $"The liability of each party under this agreement is limited to {c.Cap} in each calendar year. The limit does not apply to intent, to gross negligence, or to injury to persons."));
            if (c.Control != null)
                clauses.Add(("Assignment and ownership", c.Control));
            else
                clauses.Add(("Assignment", "Neither party may assign this agreement in whole or in part without the written consent of the other, which may not be withheld without good reason."));
            clauses.Add(("Notices and form", "Notices are valid in writing, which includes electronic mail if receipt is confirmed. Changes to this agreement, this clause included, need the written form. Should one clause be void, the others remain, and the parties replace it by one that comes nearest to its purpose."));
            clauses.Add(("Law", $"This agreement is governed by the law of {c.Law}. The courts at the seat of the defendant have jurisdiction."));

            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"{c.Title}\n\nbetween Fennel & Rook, of 8 Saltmarket, Ghent (\"the Shop\"),\nand {c.Party} (\"{c.Role}\").\n");
            int number = 0;
            foreach ((string title, string clause) in clauses)
                text.Append(CultureInfo.InvariantCulture, $"\n{++number}. {title}\n{Prose.Wrap(clause, 84)}\n");
            text.Append(CultureInfo.InvariantCulture, $"\nSigned in two copies, {c.Start.AddDays(-9).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}\n");
            yield return (c.File, text.ToString());
        }
    }

    private static DateTime Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Contract[] All =
    [
        new("carriage.txt", "CARRIAGE AGREEMENT", "Corvid Parcel, of Dock Road 3, Rostock", "the Carrier",
            "The Carrier collects the Shop's parcels on each working day and delivers them within Europe. A parcel weighs no more than thirty kilograms and is no longer than one metre and twenty centimetres. The Carrier may use other firms and answers for them as for itself.",
            Day(2024, 5, 1), 30, "Germany", "40,000 euros", "The Shop pays 4.10 euros for each parcel within the country of collection and 7.85 euros for each other parcel.", null,
            [
                "Collection: The Carrier's van calls at the Shop's ramp at 15:15. A change of the hour is announced two weeks ahead. Parcels that are not on the ramp by then travel with the next tour.",
                "Loss and delay: A parcel that has not arrived after twenty-one days counts as lost. For a lost parcel the Carrier pays the value of the goods, but at most 500 euros. For a delay it pays back the carriage.",
            ]),
        new("cleaning.txt", "CLEANING AGREEMENT", "Brightwater Cleaners, of Mill Lane 40, Ghent", "the Cleaner",
            "The Cleaner cleans the Shop's offices and the sample room three times a week, between six and nine in the evening, and the windows once a quarter. The Cleaner brings its own staff and machines; the Shop provides water and light.",
            Day(2025, 9, 15), 14, "Belgium", null, "The Shop pays 640 euros a month.", null,
            [
                "Keys: The Cleaner holds two keys and signs for them. The loss of a key is reported on the same day, and the Cleaner pays for the new lock.",
                "Quality: Once a quarter the parties walk through the rooms together. What is found wanting is done again within two days at no charge. A change of the control sheet used for these walks is agreed in writing.",
            ]),
        new("lease.txt", "LEASE AGREEMENT", "Halden Quay Storage, of Quay 2, Halden", "the Lessor",
            "The Lessor lets to the Shop the warehouse hall number 4 at Halden Quay, with 860 square metres of floor, the loading bay in front of it and two places for cars. The hall is let for the storage of household goods and for no other purpose.",
            Day(2023, 1, 1), 180, "Norway", "120,000 euros", "The rent is 5,300 euros a month, and rises each January by the change of the consumer price index.",
            "Neither party may assign this lease without the written consent of the other. In the event of a Change of Control of the Shop, the Lessor may end this lease by notice of ninety days, given within two months of learning of it. Control means the power to direct more than half of the votes.",
            [
                "State of the hall: The hall was handed over dry, swept and with working doors. The Shop keeps it so. Repairs of roof, walls and sprinklers are the Lessor's; repairs below 400 euros are the Shop's.",
                "Access: The Shop has access by day and by night. The Lessor may enter in the company of the Shop's staff, and alone if there is danger.",
            ]),
        new("licence.txt", "SOFTWARE LICENCE AGREEMENT", "Stocklark Systems, of Harbour Square 11, Turku", "the Licensor",
            "The Licensor grants the Shop the right to use the stock-keeping programme Stocklark on up to twenty computers, with all new versions that appear while this agreement lasts. The right is not exclusive and cannot be passed on.",
            Day(2024, 11, 1), 60, "Finland", "25,000 euros", "The fee is 3,900 euros a year, in advance.",
            "The Licensor may withdraw the licence upon any change in control of the Shop, whether by sale of shares, by merger or otherwise, unless the new owner accepts these terms in writing within thirty days. The Licensor's own sale leaves this agreement untouched.",
            [
                "Support: The Licensor answers reports of faults within one working day, and faults that stop the Shop's trade within four hours. It keeps a telephone line for this from seven in the morning until seven at night.",
                "Data: The Shop's data remain the Shop's. At the end of this agreement the Licensor hands them over in a common format and then deletes its copies within thirty days.",
            ]),
        new("photography.txt", "PHOTOGRAPHY AGREEMENT", "Wanda Eklund, photographer, of Tower Street 5, Malmö", "the Photographer",
            "The Photographer takes the pictures for the Shop's spring and autumn catalogues, about ninety a season, in her own studio. The Shop chooses the goods and brings them; the Photographer chooses light and background.",
            Day(2025, 2, 1), 45, "Sweden", "10,000 euros", "The Shop pays 38 euros for each picture that it accepts.", null,
            [
                "Rights: The Shop may use the pictures without limit of time or place in its own catalogues, pages and mails. It names the Photographer. The control over prints for exhibitions stays with the Photographer.",
                "Return of goods: The Photographer returns the goods clean and whole within ten days. For what breaks she pays the price of purchase, not of sale.",
            ]),
        new("supply.txt", "SUPPLY AGREEMENT", "Alder & Pine Joinery, of Forest Road 17, Tartu", "the Supplier",
            "The Supplier makes oak bread boxes after the Shop's drawing and delivers them in batches of 120. The drawing remains the property of the Shop. The Supplier makes no boxes of this kind for others while this agreement lasts.",
            Day(2025, 6, 1), 90, "Estonia", "60,000 euros", "The price is 21.40 euros a piece, free at the Shop's door.",
            "This agreement binds the successors of both parties. A party that undergoes a change of control shall tell the other within ten days; the other may then end this agreement at once, and orders not yet begun lapse without any claim. The sale of less than half of a party's shares is no such change.",
            [
                "Orders: The Shop orders in writing eight weeks ahead. The Supplier confirms within five days. A batch may fall short of the order by up to four pieces.",
                "Faults: The Shop looks at each batch within ten days and reports what is faulty. The Supplier makes good within six weeks or pays back the price. A fault of the hinge counts as a fault for two years.",
            ]),
    ];
}
