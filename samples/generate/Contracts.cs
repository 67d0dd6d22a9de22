using System.Globalization;
using System.Text;

/// <summary>Six contracts of the shop; the lease, the supply and the licence agreements have a change-of-control clause.</summary>
internal static class Contracts
{
    private sealed record Contract(
        string File, string Title, string Party, string Role, string Subject, DateTime Start, int NoticeDays, string Law, string? Cap, string Money, string? Control,
        (string Title, string Text)[] Special);

    public static IEnumerable<(string Name, string Text)> Write()
    {
        foreach (Contract c in All)
        {
            List<(string Title, string Text)> clauses =
            [
                ("Subject", c.Subject),
                ("Term", $"This agreement begins on {c.Start.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} and runs until it is ended. Either party may end it by notice in writing of {c.NoticeDays} days to the end of a month. A party that is in serious breach and does not mend it within fifteen days of being asked to may be given notice with immediate effect."),
                ("Payment", c.Money + " Sums not paid within thirty days of the invoice bear interest at one half of one per cent for each month begun. A party may set off only what is undisputed or has been awarded by a court."),
                .. c.Special,
                ("Confidence", "Each party keeps to itself what it learns of the other's prices, customers and methods, and shows it only to those of its staff who need it for this agreement. The duty outlasts the agreement by two years. It does not cover what is public or what a court orders to be disclosed."),
                ("Events beyond control", "Neither party answers for a failure that is due to events beyond its reasonable control, such as flood, fire, strike or the act of an authority, as long as the event lasts and provided that it tells the other without delay. If the event lasts longer than sixty days, either party may withdraw."),
            ];
            if (c.Cap != null)
                clauses.Add(("Liability", $"The liability of each party under this agreement is limited to {c.Cap} in each calendar year. The limit does not apply to intent, to gross negligence, or to injury to persons."));
            clauses.Add(c.Control is { } control
                ? ("Assignment and ownership", control)
                : ("Assignment", "Neither party may assign this agreement in whole or in part without the written consent of the other, which may not be withheld without good reason."));
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
                ("Collection", "The Carrier's van calls at the Shop's ramp at 15:15. A change of the hour is announced two weeks ahead. Parcels that are not on the ramp by then travel with the next tour."),
                ("Loss and delay", "A parcel that has not arrived after twenty-one days counts as lost. For a lost parcel the Carrier pays the value of the goods, but at most 500 euros. For a delay it pays back the carriage."),
            ]),
        new("cleaning.txt", "CLEANING AGREEMENT", "Brightwater Cleaners, of Mill Lane 40, Ghent", "the Cleaner",
            "The Cleaner cleans the Shop's offices and the sample room three times a week, between six and nine in the evening, and the windows once a quarter. The Cleaner brings its own staff and machines; the Shop provides water and light.",
            Day(2025, 9, 15), 14, "Belgium", null, "The Shop pays 640 euros a month.", null,
            [
                ("Keys", "The Cleaner holds two keys and signs for them. The loss of a key is reported on the same day, and the Cleaner pays for the new lock."),
                ("Quality", "Once a quarter the parties walk through the rooms together. What is found wanting is done again within two days at no charge. A change of the control sheet used for these walks is agreed in writing."),
            ]),
        new("lease.txt", "LEASE AGREEMENT", "Halden Quay Storage, of Quay 2, Halden", "the Lessor",
            "The Lessor lets to the Shop the warehouse hall number 4 at Halden Quay, with 860 square metres of floor, the loading bay in front of it and two places for cars. The hall is let for the storage of household goods and for no other purpose.",
            Day(2023, 1, 1), 180, "Norway", "120,000 euros", "The rent is 5,300 euros a month, and rises each January by the change of the consumer price index.",
            "Neither party may assign this lease without the written consent of the other. In the event of a Change of Control of the Shop, the Lessor may end this lease by notice of ninety days, given within two months of learning of it. Control means the power to direct more than half of the votes.",
            [
                ("State of the hall", "The hall was handed over dry, swept and with working doors. The Shop keeps it so. Repairs of roof, walls and sprinklers are the Lessor's; repairs below 400 euros are the Shop's."),
                ("Access", "The Shop has access by day and by night. The Lessor may enter in the company of the Shop's staff, and alone if there is danger."),
            ]),
        new("licence.txt", "SOFTWARE LICENCE AGREEMENT", "Stocklark Systems, of Harbour Square 11, Turku", "the Licensor",
            "The Licensor grants the Shop the right to use the stock-keeping programme Stocklark on up to twenty computers, with all new versions that appear while this agreement lasts. The right is not exclusive and cannot be passed on.",
            Day(2024, 11, 1), 60, "Finland", "25,000 euros", "The fee is 3,900 euros a year, in advance.",
            "The Licensor may withdraw the licence upon any change in control of the Shop, whether by sale of shares, by merger or otherwise, unless the new owner accepts these terms in writing within thirty days. The Licensor's own sale leaves this agreement untouched.",
            [
                ("Support", "The Licensor answers reports of faults within one working day, and faults that stop the Shop's trade within four hours. It keeps a telephone line for this from seven in the morning until seven at night."),
                ("Data", "The Shop's data remain the Shop's. At the end of this agreement the Licensor hands them over in a common format and then deletes its copies within thirty days."),
            ]),
        new("photography.txt", "PHOTOGRAPHY AGREEMENT", "Wanda Eklund, photographer, of Tower Street 5, Malmö", "the Photographer",
            "The Photographer takes the pictures for the Shop's spring and autumn catalogues, about ninety a season, in her own studio. The Shop chooses the goods and brings them; the Photographer chooses light and background.",
            Day(2025, 2, 1), 45, "Sweden", "10,000 euros", "The Shop pays 38 euros for each picture that it accepts.", null,
            [
                ("Rights", "The Shop may use the pictures without limit of time or place in its own catalogues, pages and mails. It names the Photographer. The control over prints for exhibitions stays with the Photographer."),
                ("Return of goods", "The Photographer returns the goods clean and whole within ten days. For what breaks she pays the price of purchase, not of sale."),
            ]),
        new("supply.txt", "SUPPLY AGREEMENT", "Alder & Pine Joinery, of Forest Road 17, Tartu", "the Supplier",
            "The Supplier makes oak bread boxes after the Shop's drawing and delivers them in batches of 120. The drawing remains the property of the Shop. The Supplier makes no boxes of this kind for others while this agreement lasts.",
            Day(2025, 6, 1), 90, "Estonia", "60,000 euros", "The price is 21.40 euros a piece, free at the Shop's door.",
            "This agreement binds the successors of both parties. A party that undergoes a change of control shall tell the other within ten days; the other may then end this agreement at once, and orders not yet begun lapse without any claim. The sale of less than half of a party's shares is no such change.",
            [
                ("Orders", "The Shop orders in writing eight weeks ahead. The Supplier confirms within five days. A batch may fall short of the order by up to four pieces."),
                ("Faults", "The Shop looks at each batch within ten days and reports what is faulty. The Supplier makes good within six weeks or pays back the price. A fault of the hinge counts as a fault for two years."),
            ]),
    ];
}
