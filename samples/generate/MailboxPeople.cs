/// <summary>Who writes the mails, about what, and how people write.</summary>
internal static class MailboxPeople
{
    public static readonly string[] FirstNames =
    [
        "Hanna", "Tomás", "Ingrid", "Paul", "Renée", "Jürgen", "Aiko", "Marta", "Oskar", "Leïla", "Gwen", "Patrick", "Sofía", "Niels", "Ruth", "Björn",
        "Camille", "Dario", "Edith", "Farid", "Greta", "Hugo", "Irène", "Jonas", "Katrin", "Luca", "Mireille", "Nadia", "Owen", "Petra", "Quentin", "Rosa",
        "Stefan", "Teresa", "Ulla", "Viktor", "Wanda", "Yusuf", "Zoë", "André", "Brigitte", "Colm", "Delia", "Emil", "Frieda", "Georg", "Helga", "Ivo",
    ];

    public static readonly string[] LastNames =
    [
        "Lindqvist", "Moreno", "Haas", "O'Dell", "Lefèvre", "Köhler", "Tanaka", "Nowak", "Brandt", "Benali", "Pritchard", "Vandermeer", "Castaño", "Holm",
        "Achterberg", "Sørensen", "Dubois", "Ferri", "Winslow", "Rahimi", "Eklund", "Marchetti", "Fournier", "Keller", "Szymański", "Rossi", "Garnier", "Petrova",
        "Llewellyn", "Maier", "Delacroix", "Quiroga", "Weiss", "Almeida", "Virtanen", "Horvat", "Kowal", "Demir", "Van Laer", "Gauthier", "Byrne", "Castellan",
    ];

    public static readonly string[] Domains = ["post.example", "mailhaus.example", "inbox.example", "brieven.example", "letterbox.example", "courriel.example"];

    public static readonly string[] Cities =
        ["Ghent", "Aarhus", "Lyon", "Graz", "Porto", "Leeds", "Turku", "Bologna", "Utrecht", "Rostock", "Galway", "Brno", "Lille", "Malmö", "Basel", "Tartu"];

    public static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static readonly string[] Relatives = ["sister", "mother", "neighbour", "son", "daughter", "husband", "wife", "father-in-law", "flatmate", "aunt"];

    public static readonly string[] Clerks = ["Maud", "Tibor", "Selina", "Ruben"];

    public static readonly Product[] Products =
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

    public static readonly string[] Greetings =
    [
        "[Hello|Hi|Good morning|Good evening|Good afternoon],", "Dear [Fennel & Rook|customer care|team|Sir or Madam|all],", "Hello [Fennel & Rook|there|everyone],",
        "[To whom it may concern|Dear shop],", "Hi [folks|all|again],",
    ];

    public static readonly string[] Endings =
    [
        "[Thank you|Many thanks|Thanks] [in advance|for your help|for reading this far].", "I look forward to [your answer|hearing from you|a short reply].",
        "You can [reach|ring] me [after six|in the mornings|at any time] if that is easier.", "A short [line|word] [by mail|back] is enough.",
        "I am [away|travelling] from {day}, so [before that would be ideal|a reply before then would help].",
        "Let me know if you need [anything else from me|a picture|the packing slip].", "There is no [great hurry|rush] about it.",
    ];

    public static readonly string[] SignOffs =
        ["Best wishes", "Kind regards", "Yours", "Regards", "With best regards", "Many thanks", "Warmly", "Yours faithfully", "Greetings from the rain", "Cheers"];

    public static readonly (string Right, string Wrong)[] Typos =
        [("received", "recieved"), (" the ", " teh "), ("because", "becuase"), ("which", "wich"), ("friend", "freind"), ("really", "realy"), ("would", "woud"), ("until", "untill")];

    public static readonly string[] Chatter =
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
}

internal sealed record Product(string Name, string Damage, string Delight, string Question);
