using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>The styles of a document.</summary>
internal sealed class WordStyles
{
    // Styles that are based on one another in a circle end here.
    private const int MostSteps = 32;

    private readonly Dictionary<string, WordStyle> _styles = new(StringComparer.Ordinal);
    private string _default = "";

    /// <summary>What its text is in where nothing else is said.</summary>
    public string Language { get; private set; } = "en-US";

    public static WordStyles Of(FilePackage package, PartRelations relations)
    {
        var styles = new WordStyles();
        foreach (string path in relations.OfType("styles").Take(1))
            package.ReadXml(path, styles.Read);
        return styles;
    }

    /// <summary>What a style and those below it say; the paragraphs' own where the id is null.</summary>
    public WordStyle Find(string? id)
    {
        var found = new WordStyle();
        id ??= _default;
        for (int i = 0; i < MostSteps && id is not null && _styles.TryGetValue(id, out var style); i++, id = style.BasedOn)
        {
            found.Name = found.Name.Length > 0 ? found.Name : style.Name;
            found.Outline ??= style.Outline ?? OutlineOf(style.Name);
            found.NumberingId ??= style.NumberingId;
            found.Level ??= style.Level;
            found.Format = found.Format.CompleteBy(style.Format);
        }

        return found;
    }

    /// <summary>How a run of a paragraph is set.</summary>
    /// <param name="paragraph">The paragraph's style; null for the usual one.</param>
    /// <param name="own">What the run says itself.</param>
    public WordFormat FormatOf(string? paragraph, WordFormat own)
    {
        var around = Find(paragraph).Format;
        return own.CompleteBy(own.Style is { } style && _styles.ContainsKey(style) ? Find(style).Format.CompleteByParagraph(around) : around);
    }

    private static int? OutlineOf(string name) =>
        name.Equals("title", StringComparison.OrdinalIgnoreCase) ? 0
        : name.Length == 9 && name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && name[8] is >= '1' and <= '9'
            ? name[8] - '1'
        : null;

    private void Read(PartXml xml)
    {
        foreach (string name in xml.Children())
        {
            if (name == "docDefaults")
                ReadLanguage(xml);
            if (name != "style" || xml.Find("styleId") is not { } id)
                continue;

            if (xml.Find("type") == "paragraph" && xml.Find("default") is not null && xml.IsOn("default"))
                _default = id;
            _styles[id] = ReadStyle(xml);
        }
    }

    private void ReadLanguage(PartXml xml)
    {
        foreach (string name in xml.Descendants())
        {
            if (name == "lang")
                Language = xml.Find("val") ?? Language;
        }
    }

    private static WordStyle ReadStyle(PartXml xml)
    {
        var style = new WordStyle();
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "name":
                    style.Name = xml.Find("val") ?? "";
                    break;
                case "basedOn":
                    style.BasedOn = xml.Find("val");
                    break;
                case "pPr":
                    ReadParagraph(xml, style);
                    break;
                case "rPr":
                    style.Format = WordFormat.Read(xml);
                    break;
            }
        }

        return style;
    }

    private static void ReadParagraph(PartXml xml, WordStyle style)
    {
        foreach (string property in xml.Children())
        {
            switch (property)
            {
                case "outlineLvl":
                    style.Outline = xml.FindNumber("val");
                    break;
                case "numPr":
                    foreach (string part in xml.Children())
                    {
                        if (part == "numId")
                            style.NumberingId = xml.Find("val");
                        else if (part == "ilvl")
                            style.Level = xml.FindNumber("val");
                    }

                    break;
            }
        }
    }
}
