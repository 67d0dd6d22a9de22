/// <summary>What the mails of the project say: who begins a conversation, on which day, and what each mail of it says.</summary>
internal static class ProjectThreads
{
    public static readonly Dictionary<string, Person> People = new()
    {
        ["selina"] = new("Selina Holm", "selina@fennelandrook.example", "Selina Holm\nFennel & Rook, 8 Saltmarket, Ghent"),
        ["tibor"] = new("Tibor Nowak", "tibor@fennelandrook.example", "Tibor Nowak, stock\nFennel & Rook"),
        ["ruben"] = new("Ruben Castaño", "ruben@fennelandrook.example", "Ruben Castaño, accounts\nFennel & Rook"),
        ["ingrid"] = new("Ingrid Sørensen", "ingrid@northlight.example", "Ingrid Sørensen\nNorthlight Studio, Canal Row 21, Aarhus"),
        ["jonas"] = new("Jonas Köhler", "jonas@northlight.example", "Jonas Köhler\nNorthlight Studio"),
        ["billing"] = new("Northlight Studio", "billing@northlight.example", ""),
        ["status"] = new("Harbour Hosting", "status@harbourhosting.example", ""),
        ["wanda"] = new("Wanda Eklund", "wanda@eklundphoto.example", "Wanda Eklund, photographer\nTower Street 5, Malmö"),
    };

    public static readonly ProjectThread[] All =
    [
        new("Kick-off on Friday", 1,
        [
            ("ingrid", "selina", "Dear Selina,\n\nthe contract is signed and we are glad to begin. Shall we meet on Friday at ten, by video? I would like to go through the plan once, and to fix who decides on your side."),
            ("selina", "ingrid", "Hello Ingrid,\n\nFriday at ten is fine. I decide myself; while I am away in April it is Tibor. Please bring an example of a product page, that is what I can picture least."),
            ("jonas", "selina", "Hello both,\n\nI will show two product pages, a plain one and one with the large picture. The staging shop is at staging.northlight.example; the word to get in is copper-kettle-14."),
        ]),
        new("Pictures for the new shop", 4,
        [
            ("selina", "wanda", "Dear Wanda,\n\nwe are having a new web shop built and need the catalogue pictures once more, in the large size. Is that covered by our agreement, or would you like to send us an offer?"),
            ("wanda", "selina", "Dear Selina,\n\nit is covered: you may use the pictures on your pages without limit. I can send all 1,400 in two batches. The first one takes me until the 20th. Please name me below the pictures, as before.", "windows-1252"),
            ("selina", "wanda", "That is wonderful, thank you. Your name will stand on every product page."),
            ("wanda", "selina", "The first batch is on its way: 760 pictures. The “gold” series comes with the second one – the light was wrong, and I do it again at no charge. A parcel costs 14 € more, I am afraid.", "windows-1252"),
        ]),
        new("Minutes of 10 March", 10,
        [
            ("ingrid", "selina", "Dear all,\n\nwhat we decided today:\n\n1. Product pages have the large picture on the left.\n2. Prices are shown with tax, and without it to customers who are signed in as a business.\n3. The basket is kept for 30 days.\n4. Tibor sends the list of articles by Friday.\n\nWhat nobody contradicts by the 15th stands.", "alternative"),
            ("ruben", "ingrid", "Dear Ingrid,\n\none thing on point 2: for customers in Norway and Switzerland the price has to be without tax, too. Otherwise I agree."),
            ("ingrid", "ruben", "Noted, and added to the plan as 2b. It costs nothing extra."),
        ]),
        new("List of articles", 12,
        [
            ("tibor", "jonas", "Hello Jonas,\n\nhere are the first twelve articles as a table, to try the import with. The whole list has 1,412 lines and comes when the columns are right.", "csv"),
            ("jonas", "tibor", "Hello Tibor,\n\nthat works. Two things: please write the weight in grams everywhere (the bread box has 2.4), and leave the column of the supplier out. I do not want it to end up on a page."),
            ("tibor", "jonas", "Done. It was in kilograms for the heavy ones, an old habit. The whole list is in the shared folder."),
        ]),
        new("First draft of the design", 24,
        [
            ("ingrid", "selina", "Dear Selina,\n\nthe first draft is on the staging shop. Please look at the start page, the list and the product page. The colours are those of your wrapping paper.", "html"),
            ("selina", "ingrid", "Dear Ingrid,\n\nI love the start page. The list looks crowded to me: four articles in a row are too many, three would do. And the green of the buttons is not ours, it should be the darker one, #2F5D50."),
            ("tibor", "ingrid", "Also: “sold out” ought to stay visible in the list. Customers ring us for what they cannot find, and we can often get it within a week.", "windows-1252"),
            ("ingrid", "selina", "Three in a row, the darker green, and sold-out articles stay. All of it is in the second draft, which you can see now."),
        ]),
        new("Phase 1 is ready", 46,
        [
            ("ingrid", "selina", "Dear Selina,\n\nwe report phase 1, the design, as ready. By clause 7 of the agreement you have fifteen working days to test it. A list of what is wrong is best sent in one mail."),
            ("tibor", "ingrid", "Dear Ingrid,\n\nSelina is away, so this is from me. Wrong are: the search box covers the logo on small telephones; the euro sign is missing on the page of the basket; the German texts say Warenkrob."),
            ("jonas", "tibor", "All three are mended. The Warenkrob was mine, and I will miss it."),
            ("selina", "ingrid", "Dear Ingrid,\n\nI am back since this morning and have tested everything. We accept phase 1. Thank you, it is more beautiful than I had hoped.", "base64"),
        ]),
        new("Invoice NL-2026-01", 62,
        [
            ("billing", "ruben", "Invoice NL-2026-01 of 2 May 2026\n\nDesign of the shop, phase 1 as accepted.\nAmount due: 9,600.00 EUR\nDue by: 2026-06-01"),
            ("ruben", "billing", "Thank you, it will be paid on 20 May."),
        ]),
        new("Gift cards", 50,
        [
            ("selina", "ingrid", "Dear Ingrid,\n\ncould customers buy gift cards in the new shop? I know that it is not in the plan. What would it cost, and would it move the date?"),
            ("ingrid", "selina", "Dear Selina,\n\ngift cards take us 20 hours, which is 1,840 euros. The date of phase 2 would move by two weeks, to 14 September. If you leave out cards that are sent by post it is 1,100 euros and one week.", "alternative"),
            ("selina", "ingrid", "Without the post, then: 1,100 euros and 7 September. This is our agreement in writing."),
        ]),
        new("Announced work on 9 May", 64,
        [
            ("status", "jonas", "Dear customer,\n\non 9 May from 02:00 to 03:30 we replace the switches of hall B. Your machine staging-2 cannot be reached for up to twenty minutes."),
        ]),
        new("Outage of 12 May", 72,
        [
            ("status", "jonas", "Dear customer,\n\nyour machine staging-2 could not be reached from 05:05 to 07:50 today. A cable was cut in the street. We are sorry."),
            ("jonas", "selina", "Dear Selina,\n\nyou may have seen that the staging shop was away on Tuesday morning, for nearly three hours. Nothing is lost: the backup of the night was not needed. For the real shop we will take a second line."),
            ("selina", "jonas", "I did see it, when I was about to show it to my mother over breakfast. What does the second line cost?"),
            ("jonas", "selina", "Nothing for you. It is part of the 780 a month."),
        ]),
        new("Hours of May", 92,
        [
            ("jonas", "ruben", "Dear Ruben,\n\nhere are the hours beyond the plan in May: the gift cards, and the export for your accounts.", "hours"),
            ("ruben", "jonas", "Dear Jonas,\n\nthe export was promised at the meeting of 21 April without charge. Please look at your minutes, point 5. The rest is fine."),
            ("jonas", "ruben", "You are right, I have taken the export out: 12 hours stay. The invoice follows."),
        ]),
        new("Invoice NL-2026-02", 95,
        [
            ("billing", "ruben", "Invoice NL-2026-02 of 4 June 2026\n\nGift cards, 12 hours at 92 euros.\nAmount due: 1,104.00 EUR\nDue by: 2026-07-04"),
            ("ruben", "billing", "Dear Northlight,\n\nSelina agreed on 1,100 euros for the gift cards. Could you send an invoice over that sum?"),
            ("jonas", "ruben", "Dear Ruben,\n\nof course, our mistake. A note of credit over 4 euros is on its way, so please pay 1,100."),
        ]),
        new("Invoice NL-2026-03", 106,
        [
            ("billing", "ruben", "Invoice NL-2026-03 of 15 June 2026\n\nHosting and care of the staging shop, May.\nAmount due: 780.00 EUR\nDue by: 2026-07-15"),
            ("ruben", "jonas", "Dear Jonas,\n\nhosting is due once the three phases are accepted, is it not? By the agreement I see nothing to pay for the staging shop.", "windows-1252"),
            ("jonas", "ruben", "Dear Ruben,\n\nplease forget NL-2026-03, it is cancelled. The system wrote it by itself."),
        ]),
        new("Away until 22 June", 102,
        [
            ("ingrid", "selina", "I am away until 22 June and do not read mails. Jonas Köhler takes care of everything that cannot wait."),
        ]),
        new("Phase 2 may be late", 113,
        [
            ("jonas", "selina", "Dear Selina,\n\nI would rather say it early: the payment by card makes trouble, since the bank has not opened our account yet. If it does not do so by 10 July, phase 2 will be ten days late.\n\nEverything else is as planned.", "alternative"),
            ("selina", "jonas", "Dear Jonas,\n\nthank you for telling me. I will ring the bank tomorrow, we have an account there as well. Ten days are no disaster, but please not into October."),
            ("ruben", "selina", "Selina, for your call: by clause 9 nothing is kept back for less than two weeks, and only if they are to blame. Here it is the bank."),
        ]),
        new("Invoice NL-2026-04", 120,
        [
            ("billing", "ruben", "Invoice NL-2026-04 of 29 June 2026\n\nBuilding the shop, first part of phase 2 as agreed on 16 June.\nAmount due: 12,250.00 EUR\nDue by: 2026-07-29"),
        ]),
    ];
}
