namespace Rlm.Runtime.Values;

/// <summary>The field names of the rows of one list.</summary>
internal sealed class RecordShape
{
    /// <summary>A document, which is its text where text is wanted.</summary>
    public static readonly RecordShape Doc = new(["name", "text", "size"], textField: "text");

    /// <summary>A document that is a mail.</summary>
    public static readonly RecordShape Mail = new(["name", "from", "to", "date", "subject", "text", "size"], textField: "text");

    private readonly Dictionary<string, int> _indexes;

    public RecordShape(IReadOnlyList<string> names, string? textField = null, string? keyField = null)
    {
        Names = names;
        TextField = textField;
        KeyField = keyField;
        _indexes = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
            _indexes[names[i]] = i;
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The field that stands for the record where text is wanted, as <c>text</c> in a doc.</summary>
    public string? TextField { get; }

    /// <summary>The field that <c>key</c> names where no field has that name.</summary>
    public string? KeyField { get; }

    /// <summary>
    /// Whether its rows are what is known of failed items together, such as how many there are: they come last, and are left out of folds.
    /// </summary>
    public bool IsApart { get; private init; }

    /// <summary>Whether its fields are items, each with a place of its own, as in a pair.</summary>
    public bool HoldsItems { get; init; }

    /// <summary>The same shape for rows that stand apart.</summary>
    public RecordShape Apart => IsApart ? this : field ??= new RecordShape(Names, TextField, KeyField) { IsApart = true, HoldsItems = HoldsItems };

    /// <summary>The field's place, or -1.</summary>
    public int IndexOf(string name) =>
        _indexes.TryGetValue(name, out int index) ? index : name == "key" && KeyField is not null ? _indexes[KeyField] : -1;
}
