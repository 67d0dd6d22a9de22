using System.Text;
using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Tests.Texts.Encodings;

internal sealed class EncodingGuessTests
{
    private const string English = "The quick brown fox jumps over the lazy dog.\nIt was 5 o'clock, and nobody minded.\n";
    private const string German = "Größe und Maße: fünf Äpfel, über zwölf Öfen.\nDie Straße wäre schön, sagte er höflich.\n";
    private const string French = "L'été dernier, il a créé un café près de la forêt.\nÇa n'a pas été facile, où que ce soit.\n";
    private const string Russian =
        "Съешь же ещё этих мягких французских булок, да выпей чаю.\nВсе счастливые семьи похожи друг на друга.\n";
    private const string Japanese = "吾輩は猫である。名前はまだ無い。\nどこで生れたかとんと見当がつかぬ。カタカナもある。\n";
    private const string Chinese = "人人生而自由，在尊严和权利上一律平等。\n他们赋有理性和良心，并应以兄弟关系的精神相对待。\n";
    private const string Korean = "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.\n";
    private const string Czech = "Příliš žluťoučký kůň úpěl ďábelské ódy.\nVšichni lidé se rodí svobodní a sobě rovní co do důstojnosti.\n";
    private const string Polish = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności.\nZażółć gęślą jaźń, wyślij później.\n";
    private const string Hungarian = "Minden emberi lény szabadon születik, és egyenlő méltósága van.\nŐk gyűjtötték össze a régi könyveket.\n";
    private const string Greek = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια.\nΆλλα έγγραφα δεν βρέθηκαν.\n";
    private const string Turkish = "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.\nİşlem şu anda yapılamıyor, sağ olun.\n";
    private const string Ukrainian = "Всі люди народжуються вільними і рівними у своїй гідності.\nЇхні права є непорушними.\n";
    private const string Hebrew = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.\n";
    private const string Arabic = "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.\n";
    private const string Thai = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ\n";
    private const string Lithuanian = "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis.\nJiems suteiktas protas ir sąžinė, jų įsipareigojimų nėra.\n";
    private const string Log = "12:00:01 INFO GET /items/17 200 31ms\n12:00:02 INFO GET /items/18 200 29ms\n12:00:02 WARN Soubor nenalezen: Účtárna/přílohy číslo šest\n";
    private const string Taiwanese = "人人生而自由，在尊嚴和權利上一律平等。\n他們賦有理性和良心，並應以兄弟關係的精神相對待。\n";

    [TestCase(German, "cp1252", "cp1252")]
    [TestCase(French, "latin1", "cp1252")]
    [TestCase("naïve\n", "latin1", "cp1252")]
    [TestCase("Preis: 5 €, „gut“\n", "cp1252", "cp1252")]
    [TestCase(Russian, "cp1251", "cp1251")]
    [TestCase(Russian, "koi8-r", "koi8-r")]
    [TestCase(Russian, "utf-16le", "utf-16le")]
    [TestCase(Japanese, "shift_jis", "shift_jis")]
    [TestCase("id,名前\n1,日本\n", "shift_jis", "shift_jis")]
    [TestCase(Japanese, "euc-jp", "euc-jp")]
    [TestCase(Chinese, "gb18030", "gb18030")]
    [TestCase(Korean, "euc-kr", "euc-kr")]
    [TestCase(Taiwanese, "big5", "big5")]
    [TestCase(English, "utf-16le", "utf-16le")]
    [TestCase(English, "utf-16be", "utf-16be")]
    [TestCase(Japanese, "utf-16le", "utf-16le")]
    [TestCase(Japanese, "utf-16be", "utf-16be")]
    [TestCase(English, "utf-8", null)]
    [TestCase(German, "utf-8", null)]
    [TestCase(Japanese, "utf-8", null)]
    [TestCase("a\0b\0c and more of it without a pattern\0", "utf-8", null)]
    [TestCase("", "utf-8", null)]
    [TestCase(Czech, "cp1250", "cp1250")]
    [TestCase(Czech, "iso-8859-2", "iso-8859-2")]
    [TestCase(Czech, "cp852", "cp852")]
    [TestCase(Log, "cp1250", "cp1250")]
    [TestCase(Polish, "cp1250", "cp1250")]
    [TestCase(Polish, "iso-8859-2", "iso-8859-2")]
    [TestCase(Hungarian, "cp1250", "cp1250")]
    [TestCase(Greek, "cp1253", "cp1253")]
    [TestCase(Greek, "iso-8859-7", "iso-8859-7")]
    [TestCase(Turkish, "cp1254", "cp1254")]
    [TestCase(Ukrainian, "cp1251", "cp1251")]
    [TestCase(Ukrainian, "koi8-u", "koi8-u")]
    [TestCase(Russian, "cp866", "cp866")]
    [TestCase(Russian, "iso-8859-5", "iso-8859-5")]
    [TestCase(Hebrew, "cp1255", "cp1255")]
    [TestCase(Arabic, "cp1256", "cp1256")]
    [TestCase(Thai, "cp874", "cp874")]
    [TestCase(Lithuanian, "cp1257", "cp1257")]
    [TestCase(German, "cp850", "cp850")]
    [TestCase(French, "macintosh", "macintosh")]
    [TestCase(Japanese, "iso-2022-jp", "iso-2022-jp")]
    [TestCase("\u001B[1mbold\u001B(B\u001B[m and plain\n", "utf-8", null)]
    public void Of_Text_TellsItsEncoding(string text, string encoding, string? expected)
    {
        byte[] bytes = TextEncodings.Find(encoding)!.GetBytes(text);
        byte[] more = TextEncodings.Find(encoding)!.GetBytes(string.Concat(Enumerable.Repeat(text, 200)));
        Assert.Multiple(() =>
        {
            Assert.That(EncodingGuess.Of(bytes, startsInside: false, endsInside: false), Is.EqualTo(expected));
            for (int cut = 0; cut < Math.Min(4, more.Length); cut += 2)
                Assert.That(
                    EncodingGuess.Of(more.AsSpan(cut, more.Length - cut - 1), startsInside: cut > 0, endsInside: true),
                    Is.EqualTo(expected),
                    $"cut at {cut}");
        });
    }

    [Test]
    public void Of_Utf8WithFewWrongBytes_IsNoOtherEncoding()
    {
        byte[] german = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(German, 5)));
        byte[] mixed = [.. german, .. Encoding.Latin1.GetBytes("é\n"), .. german];
        byte[] half = [.. german, .. TextEncodings.Find("cp1252")!.GetBytes(string.Concat(Enumerable.Repeat(German, 5)))];
        Assert.Multiple(() =>
        {
            Assert.That(EncodingGuess.Of(mixed, startsInside: false, endsInside: false), Is.EqualTo(EncodingGuess.DamagedUtf8));
            Assert.That(EncodingGuess.Of(half, startsInside: false, endsInside: false), Is.Not.EqualTo(EncodingGuess.DamagedUtf8));
        });
    }

    [TestCase("latin1", 28591)]
    [TestCase("ISO-8859-1", 28591)]
    [TestCase("cp1252", 1252)]
    [TestCase("Windows-1251", 1251)]
    [TestCase("SJIS", 932)]
    [TestCase("Shift_JIS", 932)]
    [TestCase("UTF-8", 65001)]
    [TestCase("utf16le", 1200)]
    [TestCase("koi8r", 20866)]
    [TestCase("gbk", 54936)]
    [TestCase("cp437", 437)]
    [TestCase("nonsense", null)]
    [TestCase("", null)]
    [TestCase("cp99999", null)]
    public void Find_Name_GivesTheEncoding(string name, int? page) => Assert.That(TextEncodings.Find(name)?.CodePage, Is.EqualTo(page));
}
