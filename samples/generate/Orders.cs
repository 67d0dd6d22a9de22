using System.Globalization;

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
