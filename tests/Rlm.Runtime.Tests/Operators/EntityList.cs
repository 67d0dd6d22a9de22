namespace Rlm.Runtime.Tests.Operators;

/// <summary>
/// Spellings of things, of which it is known which are of one thing, in the style of public lists: companies, persons, products and
/// addresses, with things among them that are spelled nearly the same and are others. The same for the same seed.
/// </summary>
internal sealed class EntityList
{
    private static readonly string[] Firsts =
    [
        "José", "María", "John", "Anna", "Zoë", "Peter", "François", "Ingrid", "Søren", "Małgorzata", "Thomas", "Elena", "Robert", "Charlotte",
        "Dmitri", "Fatima", "Lukas", "Katherine",
    ];

    private static readonly string[] Lasts =
    [
        "Müller", "García", "Johansson", "Kowalski", "O'Brien", "Nguyen", "Petrova", "Schneider", "Fitzgerald", "Rossellini", "Papadopoulos",
        "Andersen", "Takahashi", "Hernández", "Thompson", "Whitfield", "Dubois", "Novák",
    ];

    private static readonly string[] Trades = ["Logistics", "Foods", "Instruments", "Textiles", "Insurance", "Software", "Chemicals", "Bakery & Sons"];
    private static readonly string[] Forms = ["Inc", "Ltd", "GmbH", "Corporation"];
    private static readonly string[] Things = ["PowerShot", "Laserjet", "Thinkpad", "Espresso Machine", "Cordless Drill", "Dishwasher"];
    private static readonly string[] Streets = ["Main Street", "Elm Avenue", "Harbour Road", "Königstraße", "Church Lane", "Rue Lafayette"];
    private static readonly string[] Towns = ["Springfield", "Düsseldorf", "Bordeaux", "Cambridge", "Wellington"];
    private static readonly string[] Syllables = ["bar", "nor", "wind", "tel", "mon", "ga", "stro", "ver", "lin", "dak", "ros", "qui", "fer", "hol"];

    private const string Accented = "éëáüöíçłø", Plain = "eeauoiclo";

    private readonly Random _random;

    private EntityList(int seed) => _random = new Random(seed);

    private EntityList(int seed, int things)
        : this(seed)
    {
        List<(int, string)> rows = [];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int thing = 0; thing < things; thing++)
        {
            string name = MakeName();
            if (!names.Add(name))
                continue;

            // The right spelling is the most frequent one.
            int right = _random.Next(2, 5), wrong = _random.Next(0, 4);
            for (int i = 0; i < right; i++)
                rows.Add((thing, name));
            for (int i = 0; i < wrong; i++)
                rows.Add((thing, Misspell(name)));
        }

        (int, string)[] shuffled = [.. rows];
        _random.Shuffle(shuffled);
        Rows = shuffled;
    }

    public IReadOnlyList<(int Thing, string Spelling)> Rows { get; private init; } = [];

    public static EntityList Make(int seed, int things) => new(seed, things);

    /// <summary>Two names of each thing that have no word in common.</summary>
    public static EntityList MakeUnlike(int seed, int things)
    {
        var list = new EntityList(seed);
        (int, string)[] rows = [.. Enumerable.Range(0, 2 * things).Select(row => (row / 2, $"{list.MakeWord()}{list.MakeWord()}{list.MakeWord()}"))];
        list._random.Shuffle(rows);
        return new EntityList(seed) { Rows = rows };
    }

    /// <summary>How many of the pairs that a grouping puts together are of one thing, and how many pairs of one thing it puts together.</summary>
    public (double Precision, double Recall) Rate(Func<string, string> groupOf)
    {
        (int Thing, string Group)[] spellings = [.. Rows.Distinct().Select(row => (row.Thing, groupOf(row.Spelling)))];
        long both = spellings.GroupBy(spelling => spelling).Sum(same => PairsOf(same.Count()));
        long found = spellings.GroupBy(spelling => spelling.Group).Sum(same => PairsOf(same.Count()));
        long meant = spellings.GroupBy(spelling => spelling.Thing).Sum(same => PairsOf(same.Count()));
        return (found == 0 ? 1 : (double)both / found, meant == 0 ? 1 : (double)both / meant);
    }

    private static long PairsOf(long count) => count * (count - 1) / 2;

    private string MakeName() => _random.Next(4) switch
    {
        0 => $"{MakeWord()} {Pick(Trades)} {Pick(Forms)}",
        1 => $"{Pick(Firsts)} {Pick(Lasts)}",
        2 => $"{MakeWord()} {Pick(Things)} {(char)('A' + _random.Next(6))}{_random.Next(10, 60)}0",
        _ => $"{_random.Next(1, 200)} {Pick(Streets)}, {Pick(Towns)}",
    };

    private string MakeWord()
    {
        string word = string.Concat(Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Pick(Syllables)));
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    /// <summary>Another spelling: in other case or order, with other blanks and signs, a typo, or a word that is cut short.</summary>
    private string Misspell(string name) => _random.Next(7) switch
    {
        0 => name.ToUpperInvariant(),
        1 when name.Split(' ') is [var first, var last] => $"{last}, {first}",
        1 => name.Replace("&", "and", StringComparison.Ordinal) + ".",
        2 => name.Replace(" ", "  ", StringComparison.Ordinal).ToLowerInvariant(),
        3 => string.Concat(name.Select(letter => Accented.IndexOf(letter) is >= 0 and var at ? Plain[at] : letter)) + " ",
        4 when name.IndexOf(" Inc", StringComparison.Ordinal) is > 0 and var at => $"{name[..at]}, Incorporated",
        4 when name.IndexOf(" Street", StringComparison.Ordinal) is > 0 => name.Replace(" Street", " St.", StringComparison.Ordinal),
        4 => name.Replace(", ", " - ", StringComparison.Ordinal).Replace(" GmbH", " G.m.b.H.", StringComparison.Ordinal),
        _ => MakeTypo(name),
    };

    /// <summary>One wrong letter in the longest word.</summary>
    private string MakeTypo(string name)
    {
        string word = name.Split(' ').MaxBy(part => part.Length)!;
        int at = name.IndexOf(word, StringComparison.Ordinal) + _random.Next(1, word.Length - 1);
        return _random.Next(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, ((char)('a' + _random.Next(26))).ToString()),
            _ => $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}",
        };
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
