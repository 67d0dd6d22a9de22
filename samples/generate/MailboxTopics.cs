/// <summary>All other mails, and the answers.</summary>
internal static class MailboxTopics
{
    public static readonly Topic[] OtherTopics =
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

    public static readonly (string Subject, string Body)[] ForeignOthers =
    [
        ("Frage zur Pflege", "Guten Morgen, ¶ können Sie mir sagen, wie man das Holz pflegt? Meine Großmutter schwört auf Leinöl, mein Mann auf gar nichts. Über eine kurze Antwort würde ich mich freuen. ¶ Viele Grüße aus Österreich\n{name}"),
        ("Merci !", "Bonjour, ¶ un petit mot pour vous dire que la théière est arrivée à l'heure, très bien emballée, et qu'elle a déjà servi dix fois. Ma sœur en veut une, ma voisine aussi. ¶ À bientôt,\n{name}"),
        ("Adressänderung", "Hallo, ¶ wir sind umgezogen. Bitte schicken Sie den Katalog künftig an die neue Anschrift: Lindenstraße 14, Hinterhaus, dritter Stock. Die alte Adresse können Sie löschen. ¶ Danke schön\n{name}"),
        ("在庫について", "こんにちは。 ¶ 緑色のティーポットは再入荷の予定がありますか。\n東京の友人に贈りたいので、三月末までに知りたいです。 ¶ よろしくお願いします。\n{name}"),
        ("Consulta sobre garantía", "Buenos días: ¶ ¿cuántos años de garantía tiene el molinillo de café? No le pasa nada, es solo curiosidad antes de regalar otro a mi cuñado. ¶ Muchas gracias,\n{name}"),
        ("Spørgsmål om levering", "Hej, ¶ leverer I også til Færøerne? Og hvad koster det for en lille æske på to kilo? På forhånd tak for hjælpen. ¶ Venlig hilsen\n{name}"),
    ];

    public static readonly (int Day, string From, string Subject, string Body)[] Unique =
    [
        (38, "Halden Quay Storage <office@haldenquay.example>", "Works at the loading bay, week 8", "Hello Selina, ¶ The paving in front of the loading bay will be lifted in week 8, so lorries have to use the yard. Pallets up to 1.8 metres still fit through the side entrance; anything taller should wait until the Friday. ¶ The bay bell is cut off meanwhile, so your drivers need the keypad. ¶ The warehouse door code at Halden Quay is 7304-K until the end of April. ¶ Please park on the left, the crane needs the right. ¶ Regards, Ottilie Brask, site office"),
        (46, "Corvid Parcel <dispatch@corvidparcel.example>", "New pick-up time from 2 March", "Dear partner, ¶ From 2 March our van will call at 16:40 instead of 15:15. Parcels that are not on the ramp by then travel with the next day's tour. The driver for your street is now Mr Anselm; Mrs Okafor has gone over to the harbour tour. ¶ With kind regards, Corvid Parcel, dispatch"),
        (49, "Tibor Vass <tibor@fennelandrook.example>", "Rota for the holidays", "Hi all, ¶ Maud covers the first week of March, Ruben the second. I am at my brother's wedding from the 12th to the 16th and will not read mail, whatever the weather. The keys to the sample cabinet hang behind the calendar. ¶ Tibor"),
        (60, "Alder & Pine Joinery <workshop@alderpine.example>", "Oak bread boxes, next batch", "Dear Maud, ¶ The next 120 bread boxes leave us on 19 March. We have changed the hinge: the old one cracked the lid when somebody closed it with a fist, which seems to be common. The price stays at 21.40 euros a piece. ¶ Greetings from the workshop, Jorun"),
        (53, "Kiln Street Pottery <hello@kilnstreet.example>", "Glaze colours for summer", "Hello, ¶ The green you liked cannot be fired again, since the pit it came from is closed. We offer a grey-green (sample 14) and a blue that turns violet in the evening (sample 15). Choose before 10 March and the teapots are with you in May. ¶ Best, Wim"),
        (74, "Maud Terlinden <maud@fennelandrook.example>", "Numbers for the board", "Dear Ruben, ¶ Could you count the complaints of the first quarter by reason before the board meets on 8 April? Last time we gave them a guess, and somebody noticed. Only true requests for repayment, please, not everyone who happens to use the word. ¶ Maud"),
    ];

    public static readonly string[] ReplyGreetings = ["Dear {name},", "Hello {first},", "Good day {first},", "Dear {first},"];

    public static readonly string[] Replies =
    [
        "Thank you for [your mail|writing to us].", "I have [asked|spoken with] [our warehouse|the workshop] and [will come back to you by {day}|expect an answer on {day}].",
        "You will find the [details|answer] [in your account|on the page for your order] from [tonight|tomorrow] on.", "I have made a note [on your order|in our books], so nothing more is needed from you.",
        "It is quite [simple|possible], and I have [already done it|passed it on].", "[We are sorry for the trouble|I am sorry that this was not clear].",
        "The {product} is [one of our oldest pieces|dear to us], so [your words reached the right people|we know it well].", "Should anything [else|more] come up, [just answer this mail|ask for {clerk}].",
        "The carrier [has promised|tells us] [an answer|news] [within two days|by {day}].",
    ];

    public static readonly string[] Thanks =
    [
        "[Thank you|Thanks] for the [quick|kind|friendly] answer.", "[That settles it|All is well now].", "I shall [wait until {day}|keep an eye on it].", "[My {relative} is relieved|We are happy].",
        "[I had not expected a reply on a {day}|So quick an answer is rare these days].", "Then [everything is clear|I know what to do].",
    ];
}

internal sealed record Topic(string[] Subjects, string[] Opening, string[] Middle, string[] Ask);
