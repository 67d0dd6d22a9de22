namespace Rlm.Conformance.Oolong;

/// <summary>Seeded rows of about so many tokens: six kinds of question, of different frequency, some texts more than once.</summary>
internal sealed class OolongText
{
    private const int CharsInAToken = 4;

    private static readonly (string Label, int Weight, string[] Forms)[] Kinds =
    [
        ("entity", 29, ["What fowl grabs the {0} of a {1} ?", "What is the best-selling {0} {1} ?", "Which {0} eats {1} ?"]),
        ("human", 23, ["Who painted the {0} in {1} ?", "Who was the first {0} to see {1} ?"]),
        ("location", 19, ["Where is the {0} of {1} ?", "What city has the {0} {1} ?"]),
        ("number", 13, ["How many {0} are in a {1} ?", "When did the {0} reach {1} ?"]),
        ("description", 11, ["What is a {0} {1} ?", "How do you make {0} from {1} ?"]),
        ("abbreviation", 5, ["What does the {0} in {1} stand for ?"]),
    ];

    private static readonly string[] Words =
        "river lantern copper meadow engine violin harbor saddle walnut compass glacier thimble orchard anvil pigeon canyon ribbon falcon barrel mosaic".Split(' ');

    public OolongText(int tokens, int seed)
    {
        var random = new Random(seed);
        string[] users = [.. Enumerable.Range(0, Math.Clamp(tokens / 2_000, 12, 120)).Select(_ => $"{random.Next(10_000, 100_000)}").Distinct()];
        var rows = new List<LabelledRow>();
        for (int chars = 0; chars < tokens * CharsInAToken; chars += rows[^1].Line.Length + 1)
        {
            var (label, text) = rows.Count > 10 && random.Next(6) == 0 ? (rows[random.Next(rows.Count)] is var known ? (known.Label, known.Text) : default) : Draw(random);
            var date = new DateOnly(2023, 1, 1).AddDays(random.Next(2 * 365));
            rows.Add(new LabelledRow(date, users[(int)(users.Length * Math.Pow(random.NextDouble(), 1.5))], text, label));
        }

        Rows = rows;
        Text = "The following lines contain general-knowledge questions, one per line, each with its date and the ID of its user.\n" + string.Join('\n', rows.Select(row => row.Line)) + "\n";
    }

    public static IReadOnlyList<string> Labels { get; } = [.. Kinds.Select(kind => kind.Label)];

    public IReadOnlyList<LabelledRow> Rows { get; }

    public string Text { get; }

    public IReadOnlyDictionary<string, string> LabelByText => field ??= Rows.DistinctBy(row => row.Text).ToDictionary(row => row.Text, row => row.Label);

    private static (string Label, string Text) Draw(Random random)
    {
        int ticket = random.Next(Kinds.Sum(kind => kind.Weight));
        var kind = Kinds.First(kind => (ticket -= kind.Weight) < 0);
        return (kind.Label, string.Format(System.Globalization.CultureInfo.InvariantCulture, kind.Forms[random.Next(kind.Forms.Length)], $"{Words[random.Next(Words.Length)]} {random.Next(1_000)}", Words[random.Next(Words.Length)]));
    }
}
