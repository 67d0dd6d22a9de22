using System.Globalization;
using System.Text;

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
