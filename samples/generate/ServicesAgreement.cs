/// <summary>A contract as a PDF of four pages: the shop has its web shop built and kept; the fees are a table on the last page.</summary>
internal static class ServicesAgreement
{
    private const int Width = 88;

    public static byte[] Write()
    {
        PdfDocument document = new();
        int number = 0;
        foreach ((string Title, string Text)[] page in Pages)
        {
            List<(string[] Cells, bool Bold)> lines = [];
            if (number == 0)
            {
                AddLine("SERVICES AGREEMENT", true);
                AddLine("");
                AddText("between Fennel & Rook, of 8 Saltmarket, Ghent (\"the Shop\"), and Northlight Studio, of Canal Row 21, Aarhus (\"the Provider\").");
                AddLine("");
            }

            foreach ((string title, string text) in page)
            {
                AddLine($"{++number}. {title}", true);
                AddText(text);
                AddLine("");
            }

            if (page == Pages[^1])
            {
                AddLine("Schedule: fees", true);
                foreach (string row in Fees)
                    lines.Add((row.Split('|'), row == Fees[0]));
                AddLine("");
                AddLine("Signed in two copies, 23 February 2026");
            }

            document.AddPage(lines);

            void AddText(string text)
            {
                foreach (string line in Prose.Wrap(text, Width).Split('\n'))
                    AddLine(line);
            }

            void AddLine(string text, bool bold = false) => lines.Add(([text], bold));
        }

        return document.Write();
    }

    private static readonly string[] Fees =
    [
        "Service|Fee in euros|Due",
        "Design of the shop|9,600|on acceptance of phase 1",
        "Building the shop|24,500|on acceptance of phase 2",
        "Moving the catalogue|4,200|on acceptance of phase 3",
        "Hosting and care|780|each month, in arrears",
        "Work beyond the plan|92|for each hour",
    ];

    private static readonly (string Title, string Text)[][] Pages =
    [
        [
            ("Services", "The Provider designs, builds and hosts a web shop for the household goods of the Shop, and moves the catalogue of some 1,400 articles into it. What the shop must do stands in the plan of 2 February 2026, which both parties have signed. The Provider works with the care of a good professional and by the state of the art."),
            ("Phases", "The work is done in three phases: the design by 30 April 2026, the building by 31 August 2026, and the moving of the catalogue by 15 October 2026. A date moves by as many days as the Shop is late with what it has to give. The Provider tells the Shop of any delay as soon as it sees it coming."),
            ("Term and notice", "This agreement begins on 1 March 2026. Once the three phases are accepted it goes on as an agreement on hosting and care. Either party may end it by notice in writing of 60 days to the end of a month, but not before 31 December 2027. A party that is in serious breach, and does not mend it within fifteen days of being asked to, may be given notice with immediate effect."),
            ("What the Shop gives", "The Shop names one person who may decide. It hands over pictures, texts and prices in a common format, and answers questions of the Provider within five working days. It sees to it that it may use what it hands over."),
            ("Changes", "Each party may ask for a change of the plan. The Provider says within ten working days what the change would cost and which dates it would move. Nothing is changed before the Shop has agreed in writing. Small corrections that take less than two hours in a month are free of charge."),
            ("Working method", "The parties meet every second Tuesday at ten, by video if they wish. The Provider writes down what was decided and sends it round within two days; what is not contradicted within five days stands. The Provider keeps the source of the shop in a repository that the Shop can read at any time."),
        ],
        [
            ("Acceptance", "The Provider reports each phase as ready. The Shop then tests it for fifteen working days against the plan. It accepts in writing, or lists what is wrong. The Provider mends what is listed within ten working days, and the test begins again. A phase counts as accepted if the Shop is silent for thirty days, or sells through it."),
            ("Fees and payment", "The Shop pays the fees of the schedule. Invoices are due within 30 days of their date. Sums that are not paid by then bear interest at one half of one per cent for each month begun. Value added tax is added as the law requires. A party may set off only what is undisputed or has been awarded by a court."),
            ("Delay", "If a phase is ready more than two weeks late, and the Provider is to blame, the Shop may keep back two per cent of the fee of that phase for each further week, and at most ten per cent. If it is three months late the Shop may withdraw from this agreement."),
            ("Availability", "The shop can be reached for 99.5 per cent of each month, without the hours that were announced three days ahead. For each hour beyond, the Shop may take ten euros off the monthly fee, down to the half of it. Backups are made each night and kept for 35 days at another place."),
            ("Faults", "A fault that stops the sale is taken up within two hours, by day and by night. Other faults are taken up on the next working day. The Provider may also offer a way around a fault, if the Shop can be expected to live with it for a while."),
            ("Staff and others", "The Provider chooses its own staff. It may use other firms for hosting, and for other parts once the Shop has agreed; it answers for them as for itself. Neither party hires the other's staff away while this agreement lasts and for a year after it."),
            ("Rights", "On payment of the fee of a phase the Shop gets the right to use, change and hand on all that was made in it, without limit of time or place. What the Provider had before, or takes from others under a free licence, is listed in the repository; the Shop may use it as part of the shop."),
        ],
        [
            ("Data protection", "The Provider handles data of the Shop's customers only on the Shop's behalf, within the European Union, and by the annex on data processing. It tells the Shop of a breach within 24 hours of learning of it. At the end of this agreement it hands the data over and deletes its copies within thirty days."),
            ("Confidence", "Each party keeps to itself what it learns of the other's prices, customers and methods, and shows it only to those of its staff who need it for this agreement. The duty outlasts the agreement by three years. It does not cover what is public or what a court orders to be disclosed."),
            ("Warranty", "The Provider mends faults of what it built free of charge for twelve months from acceptance. The warranty ends for a part that the Shop has changed by itself, unless the fault was there before."),
            ("Liability", "The liability of each party is limited to 50,000 euros in each calendar year. It is not limited for intent, for gross negligence, or for injury to persons. Lost profit is not made good. The Provider answers for lost data only as far as a backup of the day before would not bring them back."),
            ("Insurance", "The Provider keeps an insurance for damage to property and for loss of data of at least 1,000,000 euros, and shows its certificate once a year."),
            ("Claims of others", "If somebody claims that the shop violates his rights, the Provider defends the Shop at its own cost, provided that it is told within ten days. It may change the shop so that the claim falls away. This does not hold for texts and pictures that the Shop handed over."),
            ("Events beyond control", "Neither party answers for a failure that is due to events beyond its reasonable control, as long as the event lasts and provided that it tells the other without delay. If the event lasts longer than sixty days, either party may withdraw."),
            ("Change of control", "A party that comes under the control of somebody else tells the other within ten days. The other may then end this agreement by notice of thirty days, given within two months of learning of it."),
        ],
        [
            ("End of the agreement", "At the end the Provider helps to move the shop to another host, for up to twenty hours free of charge and beyond that at the fee of the schedule. It hands over the source, the data and the names of all services that the shop needs, and keeps the shop running for thirty days if the Shop pays for them."),
            ("Assignment", "Neither party may assign this agreement in whole or in part without the written consent of the other, which may not be withheld without good reason."),
            ("Notices and form", "Notices are valid in writing, which includes electronic mail if receipt is confirmed. Changes to this agreement, this clause included, need the written form. Should one clause be void, the others remain, and the parties replace it by one that comes nearest to its purpose."),
            ("Law", "This agreement is governed by the law of Belgium. The courts of Ghent have jurisdiction. Before going to court the parties try for sixty days to settle their dispute with the help of a mediator, whom they pay in equal parts."),
        ],
    ];
}
