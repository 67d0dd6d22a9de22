using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>How a run is set, as far as it tells what its text says; null where whatever it is based on says it.</summary>
internal sealed record WordFormat
{
    public static readonly WordFormat None = new();

    public bool? IsHidden { get; private init; }

    public bool? IsStruck { get; private init; }

    public bool? IsStruckTwice { get; private init; }

    /// <summary>Such as <c>superscript</c>.</summary>
    public string? Raised { get; private init; }

    /// <summary>The font of the letters of ASCII.</summary>
    public string? Font { get; private init; }

    /// <summary>The font of other letters.</summary>
    public string? HighFont { get; private init; }

    /// <summary>The style of characters.</summary>
    public string? Style { get; private init; }

    public TextMarks Marks => (IsStruck == true || IsStruckTwice == true ? TextMarks.Struck : TextMarks.None)
        | Raised switch
        {
            "superscript" => TextMarks.Superscript,
            "subscript" => TextMarks.Subscript,
            _ => TextMarks.None,
        };

    /// <summary>Reads <c>rPr</c>.</summary>
    public static WordFormat Read(PartXml xml)
    {
        var format = None;
        foreach (string name in xml.Children())
        {
            format = name switch
            {
                "vanish" => format with { IsHidden = xml.IsOn() },
                "strike" => format with { IsStruck = xml.IsOn() },
                "dstrike" => format with { IsStruckTwice = xml.IsOn() },
                "vertAlign" => format with { Raised = xml.Find("val") },
                "rFonts" => format with { Font = FontOf(xml, "ascii") ?? format.Font, HighFont = FontOf(xml, "hAnsi") ?? format.HighFont },
                "rStyle" => format with { Style = xml.Find("val") },
                _ => format,
            };
        }

        return format;
    }

    // A font of the theme goes before one by name, and is none of signs.
    private static string? FontOf(PartXml xml, string letters) => xml.Find($"{letters}Theme") is null ? xml.Find(letters) : "";

    /// <summary>The format where what this one does not say is as in another.</summary>
    public WordFormat CompleteBy(WordFormat other) => new()
    {
        IsHidden = IsHidden ?? other.IsHidden,
        IsStruck = IsStruck ?? other.IsStruck,
        IsStruckTwice = IsStruckTwice ?? other.IsStruckTwice,
        Raised = Raised ?? other.Raised,
        Font = Font ?? other.Font,
        HighFont = HighFont ?? other.HighFont,
        Style = Style ?? other.Style,
    };

    /// <summary>The format of a style of characters in a paragraph: what both turn on is off (ECMA-376, 17.7.3).</summary>
    public WordFormat CompleteByParagraph(WordFormat paragraph) => CompleteBy(paragraph) with
    {
        IsHidden = IsHidden == true ? paragraph.IsHidden != true : IsHidden ?? paragraph.IsHidden,
        IsStruck = IsStruck == true ? paragraph.IsStruck != true : IsStruck ?? paragraph.IsStruck,
    };
}
