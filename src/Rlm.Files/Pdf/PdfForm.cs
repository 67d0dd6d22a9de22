using System.Globalization;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace Rlm.Files.Pdf;

/// <summary>What was filled into the form of a PDF: its fields stand on pages without being a part of their text.</summary>
internal sealed class PdfForm
{
    private const int Radio = 1 << 15, Button = 1 << 16;
    private const int MostFields = 100_000, MostDepth = 32;

    private readonly PdfTokens _tokens;

    // By the numbers of the objects that show a field on pages.
    private readonly Dictionary<long, string> _lines = [];
    private readonly List<string> _unplaced = [];
    private readonly HashSet<long> _seen = [];

    private PdfForm(PdfTokens tokens) => _tokens = tokens;

    /// <summary>Whether there is a form that only programs of its maker show, in place of the fields.</summary>
    public bool IsClosed { get; private set; }

    public static PdfForm Of(PdfDocument document, PdfDamage damage)
    {
        var form = new PdfForm(new PdfTokens(document.Structure));
        try
        {
            form.Read(document.Structure.Catalog.CatalogDictionary);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            damage.Add(exception);
        }

        return form;
    }

    /// <summary>The filled fields of a page, a line for each as <c>[field Name: Ann Lee]</c>.</summary>
    public IEnumerable<string> LinesOf(Page page)
    {
        foreach (var shown in (_tokens.Find(page.Dictionary, "Annots") as ArrayToken)?.Data.OfType<IndirectReferenceToken>() ?? [])
        {
            if (_lines.Remove(shown.Data.ObjectNumber, out string? line))
                yield return line;
        }
    }

    /// <summary>The filled fields that no page showed.</summary>
    public IEnumerable<string> TakeOthers() => _lines.OrderBy(line => line.Key).Select(line => line.Value).Concat(_unplaced);

    private void Read(DictionaryToken catalog)
    {
        if (_tokens.Find(catalog, "AcroForm") is not DictionaryToken form)
            return;

        var fields = (_tokens.Find(form, "Fields") as ArrayToken)?.Data ?? [];
        IsClosed = fields.Count == 0 && _tokens.Find(form, "XFA") is not null;
        foreach (var field in fields)
            Add(field, new Inherited("", null, 0, null, null, null), 0);
    }

    private void Add(IToken token, Inherited above, int depth)
    {
        long? number = (token as IndirectReferenceToken)?.Data.ObjectNumber;
        if (depth > MostDepth || _seen.Count == MostFields || (number is { } known && !_seen.Add(known))
            || _tokens.Resolve(token) is not DictionaryToken field)
            return;

        string own = _tokens.TextOf(_tokens.Find(field, "T")) ?? "";
        var all = new Inherited(
            above.Name.Length > 0 && own.Length > 0 ? $"{above.Name}.{own}" : above.Name + own,
            _tokens.Find(field, "FT") ?? above.Type,
            _tokens.Find(field, "Ff") is NumericToken flags ? flags.Int : above.Flags,
            _tokens.Find(field, "V") ?? above.Value,
            _tokens.Find(field, "Opt") as ArrayToken ?? above.Options,
            _tokens.TextOf(_tokens.Find(field, "TU")) ?? (own.Length > 0 ? null : above.Label));
        var kids = (_tokens.Find(field, "Kids") as ArrayToken)?.Data ?? [];
        var fields = kids.Where(kid => _tokens.Resolve(kid) is DictionaryToken inner && _tokens.Find(inner, "T") is not null).ToList();
        foreach (var kid in fields)
            Add(kid, all, depth + 1);
        if (fields.Count > 0 || ValueOf(field, all, kids) is not { } value || string.IsNullOrWhiteSpace(value))
            return;

        string line = PdfNotes.Line("field", all.Label ?? all.Name, value);
        if ((kids.OfType<IndirectReferenceToken>().FirstOrDefault()?.Data.ObjectNumber ?? number) is { } place)
            _lines[place] = line;
        else
            _unplaced.Add(line);
    }

    private string? ValueOf(DictionaryToken field, Inherited all, IReadOnlyList<IToken> kids) => (all.Type as NameToken)?.Data switch
    {
        "Btn" when (all.Flags & Button) != 0 => null,
        "Btn" => ChosenOf(field, all, kids),
        "Ch" when all.Value is ArrayToken several => string.Join(", ", several.Data.Select(value => OptionOf(all, _tokens.TextOf(value)))),
        "Ch" => OptionOf(all, _tokens.TextOf(all.Value)),
        "Sig" => all.Value is DictionaryToken signature
            ? _tokens.TextOf(_tokens.Find(signature, "Name")) is { Length: > 0 } signer ? $"signed by {signer}" : "signed"
            : null,
        _ => _tokens.TextOf(all.Value) is { Length: > 0 } text ? text : _tokens.RichTextOf(_tokens.Find(field, "RV")),
    };

    /// <summary>What is chosen of buttons; of a box alone whether it is checked.</summary>
    private string? ChosenOf(DictionaryToken field, Inherited all, IReadOnlyList<IToken> kids)
    {
        string? chosen = _tokens.TextOf(all.Value) ?? _tokens.TextOf(_tokens.Find(field, "AS"));
        if (chosen is null or "Off" or "")
            return null;
        if (all.Options is { } options && int.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < options.Length)
            return _tokens.TextOf(options[at]);
        return (all.Flags & Radio) != 0 || kids.Count > 1 ? chosen : "checked";
    }

    /// <summary>An option as it is shown, which is stored by another text.</summary>
    private string? OptionOf(Inherited all, string? value)
    {
        foreach (var option in all.Options?.Data ?? [])
        {
            if (_tokens.Resolve(option) is ArrayToken { Length: >= 2 } pair && _tokens.TextOf(pair[0]) == value)
                return _tokens.TextOf(pair[1]);
        }

        return value;
    }

    /// <summary>What a field has from those above it.</summary>
    private sealed record Inherited(string Name, IToken? Type, int Flags, IToken? Value, ArrayToken? Options, string? Label);
}
