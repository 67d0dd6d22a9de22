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
