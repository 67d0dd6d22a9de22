using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>What the stories of a document share.</summary>
internal sealed class WordContext
{
    private readonly FilePackage _package;

    // How many characters cells that span rows may repeat, so that a small file cannot become a huge text.
    private long _repeatable = 16 * 1024 * 1024;

    public WordContext(FilePackage package, PartRelations relations)
    {
        (_package, Relations) = (package, relations);
        Styles = WordStyles.Of(package, relations);
        Numbering = WordNumbering.Of(package, relations, Styles.Language);
    }

    public PartRelations Relations { get; }

    public WordStyles Styles { get; }

    public WordNumbering Numbering { get; }

    public WordNotes Footnotes { get; } = new("footnote", "[^", "]");

    public WordNotes Endnotes { get; } = new("endnote", "[^e", "]");

    public WordNotes Comments { get; } = new("comment", "[comment ", "]");

    /// <summary>The parts with headers and footers, in their order.</summary>
    public List<(string Kind, string Path)> Margins { get; } = [];

    public WordLosses Losses { get; } = new();

    public bool TakeRepeated(int chars)
    {
        if (_repeatable >= chars)
        {
            _repeatable -= chars;
            return true;
        }

        Losses.Add("cells that span many rows stand in their first rows only");
        return false;
    }

    /// <summary>Notes the headers and footers of a section.</summary>
    public void ReadSection(PartXml xml)
    {
        foreach (string name in xml.Children())
        {
            string? kind = name switch { "headerReference" => "header", "footerReference" => "footer", _ => null };
            if (kind is not null && Relations.Find(xml.FindRelation()) is { } path && !Margins.Contains((kind, path)))
                Margins.Add((kind, path));
        }
    }

    /// <summary>The lines of a diagram.</summary>
    public IEnumerable<Block> ReadDiagram(string? relation)
    {
        if (Relations.Find(relation) is not { } path)
            return [];

        try
        {
            return DrawingText.ReadLines(_package, path).Select(line => new Block($"- {line}", BlockKind.Item));
        }
        catch (PartException exception)
        {
            Losses.Add(exception.Message);
            return [];
        }
    }
}
