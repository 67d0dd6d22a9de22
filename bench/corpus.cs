// Writes a text of a kind and a size to stdout: dotnet run bench/corpus.cs -- log|prose|evil BYTES
// The same bytes at each run, whatever the size: a smaller text is the start of a larger one, cut at a line end.
using System.Globalization;
using System.Text;

if (args is not [var kind, var size] || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
{
    Console.Error.WriteLine("usage: dotnet run bench/corpus.cs -- log|prose|evil BYTES");
    return 2;
}

var random = new Random(20261124);
Func<string>? line = kind switch { "log" => LogLine, "prose" => ProseLine, "evil" => EvilLine, _ => null };
if (line is null)
{
    Console.Error.WriteLine($"there is no kind `{kind}`; write log, prose or evil");
    return 2;
}

// One block of lines is made and repeated: what a search costs does not depend on how far away a line comes again.
var block = new StringBuilder();
while (block.Length < (kind == "evil" ? 8 : 32) * 1024 * 1024)
    block.Append(line()).Append('\n');
byte[] lines = Encoding.UTF8.GetBytes(block.ToString());
using var output = Console.OpenStandardOutput();
for (long left = bytes; left > 0; left -= lines.Length)
{
    int length = left >= lines.Length ? lines.Length : lines.AsSpan(0, (int)left).LastIndexOf((byte)'\n') + 1;
    output.Write(lines, 0, length);
}

return 0;

string LogLine()
{
    var at = new DateTime(2026, 3, 1).AddSeconds(random.Next(30 * 86_400));
    string level = random.Next(1000) switch { < 850 => "INFO ", < 950 => "DEBUG", < 985 => "warn ", < 998 => "error", _ => "fatal" };
    string path = random.Next(6) switch { 0 => "/api/products", 1 => "/api/orders", 2 => "/health", 3 => "/api/users/"
        + random.Next(10_000), 4 => "/login", _ => "/static/app.js" };
    string tail = random.Next(2000) switch { 0 => " upstream timeout after 30000 ms", < 6 => " Timeout while reading from "
        + Mail(), < 200 => " user=" + random.Next(100_000), _ => "" };
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{at:yyyy-MM-dd HH:mm:ss} {level} host=web-{random.Next(40):00} GET {path} took={random.Next(2000)}ms status={(random.Next(50) == 0 ? 500 : 200)}{tail}");
}

string ProseLine()
{
    if (random.Next(12) == 0)
        return random.Next(3) == 0 ? "   " : "";

    string[] words =
    [
        "the", "the", "the", "of", "and", "and", "to", "a", "in", "that", "he", "was", "it", "his", "her", "with", "as", "had", "you",
        "for", "not", "but", "at", "on", "she", "be", "is",
        "house", "morning", "letter", "window", "street", "evening", "carriage", "silence", "gentleman", "remarkable", "observed",
        "nothing", "between", "companion", "description",
        "answered", "question", "perhaps", "whether", "against", "through", "London", "Baker", "doctor", "fireplace", "newspaper",
        "extraordinary", "circumstances",
    ];
    var text = new StringBuilder();
    int count = random.Next(8, 14);
    for (int i = 0; i < count; i++)
    {
        string word = random.Next(3000) switch
        {
            0 => "Sherlock Holmes", 1 =>
                "Mr. Holmes", 2 => "Mycroft Holmes", 3 => "Watson", 4 => Mail(), 5 => "1887-03-" + random.Next(10, 29),
            6 => "café", 7 => "naïve", 8 =>
                "“indeed”", < 12 => random.Next(100, 2000).ToString(CultureInfo.InvariantCulture), _ => words[random.Next(words.Length)],
        };
        text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word)
            .Append(i == count - 1 ? random.Next(4) == 0 ? "." : "" : random.Next(12) == 0 ? ", " : " ");
    }

    return text.ToString();
}

string EvilLine() => new string('a', 1024 * 1024) + "!";

string Mail() => $"{(char)('a' + random.Next(26))}.smith@example.org";
