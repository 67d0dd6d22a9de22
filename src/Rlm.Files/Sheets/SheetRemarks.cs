using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Sheets;

/// <summary>What stands on a sheet beside its cells: comments and boxes of text.</summary>
internal sealed class SheetRemarks(FilePackage package, PartRelations relations, IReadOnlyDictionary<string, string> persons)
{
    private readonly List<(string Cell, string Text)> _all = [];
    private readonly HashSet<string> _threads = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Cell, string Text)> Read()
    {
        foreach (string path in relations.OfType("threadedComment"))
            package.ReadXml(path, ReadThreads);
        foreach (string path in relations.OfType("comments"))
            package.ReadXml(path, ReadComments);
        foreach (string path in relations.OfType("drawing"))
            package.ReadXml(path, ReadBoxes);
        return _all;
    }

    private static string ToLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Add(string cell, string who, string text)
    {
        if (ToLine(text) is { Length: > 0 } line)
            _all.Add((cell, who.Length > 0 ? $"{cell}, {ToLine(who)}: {line}" : $"{cell}: {line}"));
    }

    private void ReadThreads(PartXml xml)
    {
        foreach (string name in xml.Children())
        {
            if (name != "threadedComment")
                continue;

            string cell = xml.Find("ref") ?? "", who = persons.GetValueOrDefault(xml.Find("personId") ?? "") ?? "";
            _threads.Add(cell);
            foreach (string part in xml.Children())
            {
                if (part == "text")
                    Add(cell, who, xml.ReadText());
            }
        }
    }

    /// <summary>The comments. One of a thread stands here too, with words to older programs before it.</summary>
    private void ReadComments(PartXml xml)
    {
        var authors = new List<string>();
        foreach (string name in xml.Descendants())
        {
            if (name == "author")
            {
                authors.Add(xml.ReadText());
            }
            else if (name == "comment")
            {
                string cell = xml.Find("ref") ?? "";
                string who = xml.FindNumber("authorId") is { } id && id >= 0 && id < authors.Count ? authors[id] : "";
                foreach (string part in xml.Children())
                {
                    if (part == "text" && SheetText.ReadRuns(xml) is var text && !_threads.Contains(cell))
                        Add(cell, who, text.StartsWith($"{who}:\n", StringComparison.Ordinal) ? text[(who.Length + 1)..] : text);
                }
            }
        }
    }

    private void ReadBoxes(PartXml xml)
    {
        foreach (string anchor in xml.Children())
        {
            var (column, row) = (1, 1);
            foreach (string name in xml.Descendants())
            {
                if (name == "from")
                    (column, row) = ReadCorner(xml);
                else if (name == "txBody")
                    Add(CellReference.Of(column, row), "text box", string.Join(' ', DrawingText.Read(xml).Select(one => one.Text)));
                else if (name == "Fallback")
                    xml.ReadText();
            }
        }
    }

    private static (int Column, int Row) ReadCorner(PartXml xml)
    {
        var (column, row) = (0, 0);
        foreach (string name in xml.Children())
        {
            if (name is not ("col" or "row") || !int.TryParse(xml.ReadText(), out int number))
                continue;
            if (name == "col")
                column = number;
            else
                row = number;
        }

        return (Math.Clamp(column, 0, CellReference.MaxColumns - 1) + 1, Math.Clamp(row, 0, CellReference.MaxRows - 1) + 1);
    }
}
