namespace Rlm.Dsl.Types;

/// <summary>
/// The type of a value, as docs/specification.md, section 4, lists them. <see cref="object.ToString"/> gives the language's own notation.
/// </summary>
internal abstract record RlmType
{
    public static readonly RlmType Text = new ScalarType("text");
    public static readonly RlmType Number = new ScalarType("number");
    public static readonly RlmType Bool = new ScalarType("bool");
    public static readonly RlmType Date = new ScalarType("date");
    public static readonly RlmType Duration = new ScalarType("duration");
    public static readonly RlmType None = new ScalarType("none");

    /// <summary>A text that must occur in its item.</summary>
    public static readonly RlmType Quote = new ScalarType("quote");

    /// <summary>A regular expression, an operand of <c>matches</c>, <c>replace</c>, <c>split</c> and <c>match</c>.</summary>
    public static readonly RlmType Pattern = new ScalarType("pattern");

    /// <summary>A text that reads as a number, as far as was looked.</summary>
    public static readonly RlmType NumberCell = new ScalarType("number") { IsCell = true };

    /// <summary>A text that reads as a date, as far as was looked.</summary>
    public static readonly RlmType DateCell = new ScalarType("date") { IsCell = true };

    /// <summary>Not known before the run; every use is allowed and checked then.</summary>
    public static readonly RlmType Unknown = new ScalarType("any");

    /// <summary>A document: a record that is its text where text is wanted.</summary>
    public static readonly RecordType Doc = new([new("name", Text), new("text", Text), new("size", Number)])
    {
        TextField = "text",
        Alias = "doc"
    };

    /// <summary>A document that is a mail.</summary>
    public static readonly RecordType Mail = new(
        [
            new("name", Text), new("from", Text), new("to", Text), new("date", new OptionalType(Date)), new("subject", Text), new("text", Text),
            new("size", Number),
        ])
    {
        TextField = "text",
        Alias = "mail"
    };

    /// <summary>The type that a name after <c>as</c> means, or null.</summary>
    public static RlmType? FindNamed(string name) => name switch
    {
        "text" => Text,
        "number" => Number,
        "bool" => Bool,
        "date" => Date,
        "duration" => Duration,
        "quote" => Quote,
        _ => null,
    };

    /// <summary>The names that <see cref="FindNamed"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "number", "bool", "date", "duration", "quote"];

    public static ListType ListOf(RlmType item) => new(item);

    /// <summary>The type without a trailing <c>?</c>.</summary>
    public RlmType Required => this is OptionalType optional ? optional.Inner : this;

    /// <summary>The type with a trailing <c>?</c>; unchanged where none is already among its values.</summary>
    public RlmType OrNone => this is OptionalType || this == None || this == Unknown ? this : new OptionalType(this);

    /// <summary>The type as which a text of a table reads; any other as it is.</summary>
    public RlmType Hint => Required == NumberCell ? Number : Required == DateCell ? Date : Required;

    /// <summary>Whether a value of the type reads as text: text, cell, quote, label, doc, and a record made from a text.</summary>
    public bool IsTextual =>
        Required is LabelType or RecordType { TextField: not null } or ScalarType { IsCell: true } || Required == Text || Required == Quote;

    /// <summary>The item type of a list, else null.</summary>
    public RlmType? ItemType => (Required as ListType)?.Item;

    /// <summary>Whether a value of the type may be a number: a number, a text that reads as one, or what nobody knows.</summary>
    public bool MayBeNumber => Required == Number || IsTextual || Required == Unknown || this == None;

    /// <summary>The type with its article, as messages name it.</summary>
    public string WithArticle
    {
        get
        {
            string name = Required switch
            {
                RecordType { Alias: null } => "record",
                ScalarType { Name: "none" } => "none",
                LabelType => "label",
                _ => Required.ToString(),
            };
            return name == "none" ? name : name == "any" ? "a value" : $"a {name}";
        }
    }

    public abstract override string ToString();
}
