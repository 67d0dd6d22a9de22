using System.Runtime.CompilerServices;

namespace Rlm.Runtime.Tests.Files;

internal sealed class DatabaseReaderTests
{
    private const int PageBytes = 512;

    private static readonly byte[] Shop = File.ReadAllBytes(PathOf("shop.db"));

    [Test]
    public void Read_Tables_AreWrittenAsSheets()
    {
        string[] sections = ReadFile.Of(Shop).Text.Split("\n\f\n");

        Assert.That(
            sections.Select(section => section.Split('\n')[0]),
            Is.EqualTo(["## orders", "## two words", "## empty", "## one", "## down"]));
        string[] orders = sections[0].Split('\n');
        Assert.That(orders[1..4], Is.EqualTo([
            "id,who,amount,day,code,state,part",
            "-5,\"Zoë, \"\"B.\"\"\",-9.223372036854776E+18,,9223372036854775807,\"new, as it came\",-7",
            "10,Ann 1,0.25,2026-03-02,\"00001\",\"new, as it came\",-7"]));
        Assert.That(orders[63..], Is.EqualTo([
            $"1000,\"{string.Concat(Enumerable.Repeat("long ", 400))}\",1E+300,,,\"new, as it came\",-7",
            "1001,last,0,\"a", "b\",c,paid,255"]));
        Assert.That(sections[1], Is.EqualTo("## two words\nthe key,\"a \"\"b\"\"\",x,y\n7,q,10,11"));
        Assert.That(sections[2], Is.EqualTo("## empty\na,b"));
        Assert.That(sections[3], Is.EqualTo("## one\na\n\"\"\n1"));
        Assert.That(sections[4], Is.EqualTo("## down\nid,v\n5,v"));
    }

    [Test]
    public void Read_Rows_ArePlaces()
    {
        string places = ReadFile.Of(Shop).Places;

        Assert.That(places, Does.StartWith("[orders]## orders\nid,who,amount,day,code,state,part\n[orders!-5]-5,"));
        Assert.That(places, Does.Contain("['two words']\f\n## two words\nthe key,\"a \"\"b\"\"\",x,y\n['two words'!7]7,q,10,11"));
    }

    [Test]
    public void Read_WhatIsLeftOut_IsTold() => Assert.That(ReadFile.Of(Shop).Gaps, Is.EqualTo([
        "table orders has bytes in 1 of its cells, which are left out",
        "columns of table two words that are computed when they are read are left out; give its rows, as with `sqlite3 -header -csv FILE \"select * from TABLE\" | rlm … -c -`",
        "table pairs is kept without row numbers, and left out; give its rows, as with `sqlite3 -header -csv FILE \"select * from TABLE\" | rlm … -c -`"]));

    [Test]
    public void Read_FileWithALog_TellsWhatMayBeMissing()
    {
        byte[] file = [.. Shop];
        file[18] = file[19] = 2;

        Assert.That(ReadFile.Of(file).Gaps[0], Is.EqualTo(
            "it is written with a log (FILE-wal), and what stands in that alone is not read; `sqlite3 FILE \"pragma journal_mode = delete\"` puts it into the file"));
    }

    [Test]
    public void Read_FileCutShort_TellsWhatIsMissing()
    {
        var read = ReadFile.Of(Shop[..(18 * PageBytes)]);

        Assert.That(read.Gaps[0], Is.EqualTo("it is cut short: 9 of 27 pages are missing; fetch it again"));
        Assert.That(read.Gaps, Has.Member("table down is damaged: page 19 is missing"));
    }

    [Test]
    public void Read_DamagedPage_TellsTheRowBehindWhichItStands()
    {
        byte[] file = [.. Shop];
        file[7 * PageBytes] = 0;

        Assert.That(ReadFile.Of(file).Gaps, Has.Some.Match(@"^table orders is damaged behind its row \d+: page 8 is not of a table$"));
    }

    [TestCase(16, 7, "its header is damaged: there is no such size of a page")]
    [TestCase(59, 9, "its header is damaged: there is no such encoding")]
    [TestCase(100, 2, "the list of its tables is damaged: page 1 is not of a table; mend it, as with `sqlite3 FILE .recover`")]
    public void Read_DamagedHead_IsRefused(int at, int value, string message)
    {
        byte[] file = [.. Shop];
        file[at] = (byte)value;

        Assert.That(() => ReadFile.Of(file), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));
    }

    [Test]
    public void Read_StartAlone_IsRefused() => Assert.That(
        () => ReadFile.Of("SQLite format 3\0"u8.ToArray()),
        Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("it ends inside its header; fetch it again"));

    /// <summary>No record has a checksum, so that a letter may be another one; nothing ends in an error of another kind, or for ever.</summary>
    [Test]
    public void Read_Damage_EndsInWords()
    {
        var random = new Random(1);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] file = [.. Shop];
            for (int k = 0; k < 1 + (i % 8); k++)
                file[random.Next(i % 2 == 0 ? file.Length : 2_000)] = (byte)random.Next(256);
            if (!file.AsSpan().StartsWith("SQLite format 3\0"u8))
                continue;

            try
            {
                Assert.That(ReadFile.Of(file).Text.Length, Is.LessThan(20 * Shop.Length));
            }
            catch (InvalidDataException exception)
            {
                Assert.That(exception.Message, Does.Not.Contain("\n"));
            }
        }
    }

    private static string PathOf(string name, [CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Databases", name);
}
