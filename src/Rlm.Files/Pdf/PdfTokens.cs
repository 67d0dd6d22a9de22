using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Rlm.Files.Pdf;

/// <summary>Reads what the objects of a PDF hold beside its pages, such as the values of fields.</summary>
internal sealed partial class PdfTokens(Structure structure)
{
    private const int MostReferences = 32;

    /// <summary>What a dictionary has under a name; null for nothing.</summary>
    public IToken? Find(DictionaryToken dictionary, string name) =>
        dictionary.TryGet(NameToken.Create(name), out var token) ? Resolve(token) : null;

    public IToken? Resolve(IToken? token)
    {
        for (int i = 0; token is IndirectReferenceToken reference; i++)
            token = i == MostReferences ? null : Get(reference);
        return token is NullToken ? null : token;
    }

    /// <summary>The object; null for one that the file does not have, as the format wants it.</summary>
    private IToken? Get(IndirectReferenceToken reference)
    {
        try
        {
            return structure.GetObject(reference.Data)?.Data;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>A text, number, name, or list of them as a text; null for anything else.</summary>
    public string? TextOf(IToken? token) => Resolve(token) switch
    {
        StringToken text => Decode(text.GetBytes()) ?? text.Data,
        HexToken text => Decode(text.Bytes) ?? text.Data,
        NameToken name => name.Data,
        NumericToken number => number.Data.ToString(System.Globalization.CultureInfo.InvariantCulture),
        StreamToken { StreamDictionary: var entries } stream when Find(entries, "Filter") is null =>
            Decode(stream.Data.Span) ?? Encoding.Latin1.GetString(stream.Data.Span),
        ArrayToken list => string.Join(", ", list.Data.Select(TextOf).OfType<string>()),
        _ => null,
    };

    /// <summary>The words of a text with marks of HTML, as notes and fields may be written; null for none.</summary>
    public string? RichTextOf(IToken? token) =>
        TextOf(token) is { } text && System.Net.WebUtility.HtmlDecode(Mark().Replace(text, " ")) is var words && !string.IsNullOrWhiteSpace(words)
            ? words
            : null;

    /// <summary>What begins with a byte order mark; null for what does not.</summary>
    private static string? Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => null,
    };

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Mark();
}
