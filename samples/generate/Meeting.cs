using System.Globalization;
using System.Text;

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
