using Rlm.Runtime.Tables;

namespace Rlm.Runtime.Tests.Tables;

internal sealed class TableGuessTests
{
    [TestCase("name,price\nnut,1\nbolt,2.5\n", "csv", "name, price")]
    [TestCase("Sent On;Message\n1.2.2025;\"a; b\"\n2.2.2025;c\n", "csv", "Sent On, Message")]
    [TestCase("a\tb\n1\t2\n", "csv", "a, b")]
    [TestCase("Country,1990,1991\nX,1,2\nY,3,4\n", "csv", "Country, 1990, 1991")]
    [TestCase("{\"who\": \"x\", \"n\": 1}\n{\"who\": \"y\", \"n\": 2}\n", "jsonl", "who, n")]
    [TestCase("[{\"who\": \"x\"},\n {\"who\": \"y\"}]", "json", "who")]
    [TestCase("| part | price |\n|------|------:|\n| nut | 1 |\n", "table", "part, price")]
    public void Of_Table_TellsFormatAndColumns(string text, string format, string columns)
    {
        using var source = TextSource.FromString(text);

        var guess = TableGuess.Of(source)!;

        Assert.That((guess.Format, string.Join(", ", guess.Row.Fields.Select(field => field.Name))), Is.EqualTo((format, columns)));
        Assert.That(guess.First, Has.None.Null);
    }

    [TestCase("")]
    [TestCase("a single line")]
    [TestCase("2015-10-18 18:01:47,978 INFO [main] created\n2015-10-18 18:01:48,963 INFO [main] executing\n")]
    [TestCase("Date: Jan 1, 2024 || User: 7 || Instance: hello\nDate: Jan 2, 2024 || User: 8 || Instance: bye\n")]
    [TestCase("[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok\n[Sun Dec 04 04:47:44 2005] [error] mod_jk child\n")]
    [TestCase("Dear Mr. Brown,\nthank you for your letter, which came today, and for the book.\nYours, A.\n")]
    [TestCase("17/06/09 20:10:40 INFO a: x, y\n17/06/09 20:10:41 INFO b: z, w\n")]
    [TestCase("{not json}\n{neither}\n")]
    public void Of_OtherText_IsNoTable(string text)
    {
        using var source = TextSource.FromString(text);

        Assert.That(TableGuess.Of(source), Is.Null);
    }
}
