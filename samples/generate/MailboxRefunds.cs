/// <summary>Mails that ask for money back, and those that only speak of it.</summary>
internal static class MailboxRefunds
{
    public static readonly Dictionary<string, Topic> RefundTopics = new()
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

    public static readonly ForeignRefund[] ForeignRefunds =
    [
        new("damaged", "Bestellung {order}: beschädigt", "Guten Tag, ¶ meine Bestellung {order} kam gestern an, leider völlig beschädigt. Der Karton war aufgeweicht und notdürftig verklebt, der Inhalt ist nicht mehr zu gebrauchen. Für einen Ersatz habe ich keine Zeit mehr. ¶ Ich möchte mein Geld zurück, also {sum} Euro, auf mein Konto. Fotos schicke ich gern. ¶ Mit freundlichen Grüßen\n{name}"),
        new("late", "Commande {order} livrée trop tard", "Bonjour, ¶ la commande {order} devait arriver avant Noël ; elle est arrivée hier, alors que la fête est passée depuis longtemps. Le paquet est encore fermé, je peux vous le renvoyer dès demain. ¶ Je vous demande le remboursement de {sum} euros. Merci d'avance pour votre réponse. ¶ Bien à vous,\n{name}"),
        new("wrong item", "Pedido {order} equivocado", "Hola: ¶ en el pedido {order} ha llegado otro artículo, no el que yo había pedido. Ya he comprado uno en una tienda de mi barrio, así que no necesito que envíen nada más. ¶ Quiero que me devuelvan el dinero ({sum} euros). ¿Adónde mando la caja? ¶ Un saludo,\n{name}"),
        new("never arrived", "注文 {order} が届きません", "お世話になっております。 ¶ 先月注文した {order} の商品がまだ届いていません。\n追跡ページは三週間前から変わらず、日本の郵便局にも荷物はないそうです。 ¶ これ以上待てませんので、{sum} ユーロの返金をお願いします。 ¶ どうぞよろしくお願いいたします。\n{name}"),
    ];

    public static readonly (Topic Topic, int Times)[] RefundTalk =
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

    public static readonly string[] RefundReplies =
    [
        "I am sorry [to read this|about that].", "The refund [is on its way|has been started] and [takes|should take] [three|five] working days.", "You [need not|do not have to] send anything back.",
        "Please keep the box until {day}, in case the carrier [asks|wants to see it].", "I have told [the packers|our warehouse] what happened.", "You will get a note from us once [the bank has confirmed it|it is through].",
    ];
}

internal sealed record ForeignRefund(string Reason, string Subject, string Body);
