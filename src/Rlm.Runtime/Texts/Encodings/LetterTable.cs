using System.Globalization;

namespace Rlm.Runtime.Texts.Encodings;

/// <summary>How likely each high byte of an encoding is in texts of one language.</summary>
/// <remarks>
/// A language is known by its letters beyond ASCII, the most frequent first: those of its everyday prose, in which the share of a letter
/// falls about as its rank grows.
/// </remarks>
internal sealed class LetterTable
{
    // Natural logarithms of shares. What prose has beside its letters is rarer than they are, and what it never has is nearly impossible.
    private const double Capital = -2.5;
    private const double Mark = -5;
    private const double ForeignLetter = -8;
    private const double Symbol = -9;
    private const double Nothing = -12;

    private const string Marks = "\u00A0«»„“”‚‘’‹›–—…€£§°©®№¿¡ºª²³½¼¾·•´×±µ";

    private LetterTable(string encoding, double prior, bool isLatin, char[] characters, double[] logs)
    {
        (Encoding, Prior, IsLatin, Logs) = (encoding, prior, isLatin, logs);
        IsLower = Array.ConvertAll(characters, char.IsLower);
        IsUpper = Array.ConvertAll(characters, char.IsUpper);
        IsLetter = Array.ConvertAll(characters, IsPartOfWord);
    }

    /// <summary>The tables of all encodings of a byte a character, those first that are likelier where a text does not tell.</summary>
    public static LetterTable[] All { get; } =
    [
        .. Of("cp1252", 0, isLatin: true, "äöüß", "éàêèôâçîùûœëï", "óáíúéñü", "èàòùìé", "ãçáíêéóõúâôà", "äöå", "æøåé", "éëïóè", "íáéúó", "óàéèòíçüúï", "ðáíþóöæéúý", "äõüöšž"),
        .. Of("cp1250", -2, isLatin: true, "íářéžěýčůšťňúďó", "łężćąóśńź", "áéíöóőüúű", "áíýžťúéčšľóôňäďĺŕ", "čšžćđ", "ăţşîâ"),
        .. Of("cp1251", -1, isLatin: false, "оеанитсрвлкпмдузяьыбйчжгшюхцщёэъф", "ноаиевтіркуслдпмязбйьжгчшцєюхщїґф", "аеинторспвздклмуъбягхчжщшйфцюь", "анеырвдлкзстміпуяоьцчўэйгбшхжюёф", "аеиоунрсткјвмдплзгбшжчцњћљђхџф"),
        .. Of("iso-8859-2", -3, isLatin: true, "íářéžěýčůšťňúďó", "łężćąóśńź", "áéíöóőüúű", "áíýžťúéčšľóôňäďĺŕ", "čšžćđ", "ăţşîâ"),
        .. Of("iso-8859-15", -3, isLatin: true, "éàêèôâçîùûœëï", "äöüß", "óáíúéñü"),
        .. Of("cp1254", -2, isLatin: true, "ıüşçğöâî"),
        .. Of("cp1253", -2, isLatin: false, "ατεονισηκπρυμλέδίωάςγήόχθύφώβξζψϊ"),
        .. Of("iso-8859-7", -3, isLatin: false, "ατεονισηκπρυμλέδίωάςγήόχθύφώβξζψϊ"),
        .. Of("koi8-r", -2, isLatin: false, "оеанитсрвлкпмдузяьыбйчжгшюхцщёэъф"),
        .. Of("koi8-u", -3, isLatin: false, "ноаиевтіркуслдпмязбйьжгчшцєюхщїґф"),
        .. Of("cp866", -3, isLatin: false, "оеанитсрвлкпмдузяьыбйчжгшюхцщёэъф"),
        .. Of("iso-8859-5", -4, isLatin: false, "оеанитсрвлкпмдузяьыбйчжгшюхцщёэъф", "аеиоунрсткјвмдплзгбшжчцњћљђхџф"),
        .. Of("cp1255", -2, isLatin: false, "וילההבמאנרתשחדכפםקעןסטצגזךףץ"),
        .. Of("cp1256", -3, isLatin: false, "اليمتنرودبةعفحسقكهجخأصطشزىإثضغذئءظؤآ"),
        .. Of("cp874", -3, isLatin: false, "การนอเ่้มดงตัิแจีไลห์ุวพื็ยสูบทปำขคถะชใโซฟณผศธภึญ"),
        .. Of("cp1257", -3, isLatin: true, "ųšįėūąžčę", "āīšēūņļģķžč", "äõüöšž"),
        .. Of("cp1258", -5, isLatin: true, "đưôơâêăáàíéóúèùãõ\u0301\u0300\u0323\u0309\u0303"),
        .. Of("cp850", -4, isLatin: true, "äöüß", "éàêèôâçîùûëï", "óáíúéñü", "ãçáíêéóõúâôà", "äöå", "æøåé"),
        .. Of("cp852", -5, isLatin: true, "íářéžěýčůšťňúďó", "łężćąóśńź", "áéíöóőüúű", "čšžćđ"),
        .. Of("macintosh", -5, isLatin: true, "äöüß", "éàêèôâçîùûœëï", "óáíúéñü", "ãçáíêéóõúâôà", "äöå"),
    ];

    public string Encoding { get; }

    /// <summary>How much rarer texts in it are than those in the most frequent, as a logarithm.</summary>
    public double Prior { get; }

    /// <summary>Whether its letters stand among those of ASCII.</summary>
    public bool IsLatin { get; }

    /// <summary>The logarithm of the share of each byte from 128 on.</summary>
    public double[] Logs { get; }

    public bool[] IsLower { get; }

    public bool[] IsUpper { get; }

    public bool[] IsLetter { get; }

    private static IEnumerable<LetterTable> Of(string encoding, double prior, bool isLatin, params string[] languages)
    {
        byte[] bytes = [.. Enumerable.Range(128, 128).Select(value => (byte)value)];
        char[] characters = TextEncodings.Find(encoding)!.GetChars(bytes);
        return languages.Select(letters => new LetterTable(encoding, prior, isLatin, characters, MakeLogs(characters, letters)));
    }

    private static double[] MakeLogs(char[] characters, string letters)
    {
        double all = Math.Log(Enumerable.Range(0, letters.Length).Sum(Weigh));
        return Array.ConvertAll(characters, character =>
        {
            int at = letters.IndexOf(char.ToLowerInvariant(character), StringComparison.Ordinal);
            return at >= 0 ? Math.Log(Weigh(at)) - all + (char.IsUpper(character) ? Capital : 0)
                : Marks.Contains(character) ? Mark
                : IsPartOfWord(character) ? ForeignLetter
                : char.IsControl(character) || character is '\uFFFD' || char.GetUnicodeCategory(character) == UnicodeCategory.PrivateUse ? Nothing
                : Symbol;
        });
    }

    private static double Weigh(int rank) => 1 / (rank + 2.0);

    private static bool IsPartOfWord(char character) => char.IsLetter(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
