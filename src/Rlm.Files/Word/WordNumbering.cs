using System.Text;
using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>The lists of a document, and how far each is counted.</summary>
internal sealed class WordNumbering
{
    private readonly Dictionary<string, WordList> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Use> _uses = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unknownFormats = new(StringComparer.Ordinal);

    /// <summary>The formats of numbers that were met and are not known, so that they are written in figures.</summary>
    public IEnumerable<string> UnknownFormats => _unknownFormats;

    /// <summary>What numbers are spelled in.</summary>
    public string Language { get; init; } = "en-US";

    public static WordNumbering Of(FilePackage package, PartRelations relations, string language)
    {
        var numbering = new WordNumbering { Language = language };
        foreach (string path in relations.OfType("numbering").Take(1))
            package.ReadXml(path, numbering.Read);
        return numbering;
    }

    /// <summary>
    /// Counts an item, and gives its label: <c>-</c> for a bullet, null for an item without one and for a list that there is not.
    /// </summary>
    /// <param name="id">The list.</param>
    /// <param name="level">Its level, from 0; null where the style's is meant.</param>
    /// <param name="style">The paragraph's style.</param>
    public WordLabel? Count(string? id, int? level, string? style)
    {
        if (id is null || !_uses.TryGetValue(id, out var use) || !_lists.TryGetValue(use.List, out var list))
            return null;
        if (list.Link is { } link)
            list = _lists.Values.FirstOrDefault(other => other.Defines == link) ?? list;

        int ofStyle = Array.FindIndex(list.All, one => style is not null && one.Style == style);
        int at = Math.Clamp(level ?? ofStyle, 0, WordList.Levels - 1);
        if (use.Starts.Remove(at, out int start))
            list.Counts[at] = start;
        else
            list.Counts[at] = list.Counts[at] is { } count ? count + 1 : use.Levels.GetValueOrDefault(at)?.Start ?? list.All[at].Start;
        for (int below = at + 1; below < WordList.Levels; below++)
        {
            if (list.All[below].RestartsBehind is not { } restarts || (restarts > 0 && at < restarts))
                list.Counts[below] = null;
        }

        return new WordLabel(LabelOf(list, use, at), at);
    }

    private string? LabelOf(WordList list, Use use, int at)
    {
        var level = use.Levels.GetValueOrDefault(at) ?? list.All[at];
        if (level.Format == "bullet")
            return "-";

        var label = new StringBuilder();
        for (int i = 0; i < level.Text.Length; i++)
        {
            if (level.Text[i] != '%' || i + 1 == level.Text.Length || level.Text[i + 1] is < '1' or > '9')
            {
                label.Append(level.Text[i]);
                continue;
            }

            int other = level.Text[++i] - '1';
            var counted = use.Levels.GetValueOrDefault(other) ?? list.All[other];
            label.Append(NumberOf(list.Counts[other] ?? counted.Start, level.IsLegal ? "decimal" : counted.Format));
        }

        string text = label.ToString().Trim();
        return text.Length > 0 ? text : null;
    }

    private string NumberOf(int number, string format)
    {
        // 001, 002, 003, ... of a program's own.
        if (format.StartsWith('0') && format.IndexOf(',', StringComparison.Ordinal) is > 0 and < 10 and var places)
            return number.ToString(new string('0', places), System.Globalization.CultureInfo.InvariantCulture);
        if (ItemNumber.Write(number, format, Language) is { } text)
            return text;

        _unknownFormats.Add(format);
        return Invariant($"{number}");
    }

    private void Read(PartXml xml)
    {
        foreach (string name in xml.Children())
        {
            if (name == "abstractNum" && xml.Find("abstractNumId") is { } id)
                _lists[id] = ReadList(xml);
            else if (name == "num" && xml.Find("numId") is { } number)
                _uses[number] = ReadUse(xml);
        }
    }

    private static WordList ReadList(PartXml xml)
    {
        var list = new WordList();
        foreach (string name in xml.Children())
        {
            if (name == "numStyleLink")
                list.Link = xml.Find("val");
            else if (name == "styleLink")
                list.Defines = xml.Find("val");
            else if (name == "lvl" && xml.FindNumber("ilvl") is >= 0 and < WordList.Levels and var at)
                list.All[at] = ReadLevel(xml);
        }

        return list;
    }

    private static Use ReadUse(PartXml xml)
    {
        var use = new Use();
        foreach (string name in xml.Children())
        {
            if (name == "abstractNumId")
                use.List = xml.Find("val") ?? "";
            if (name != "lvlOverride" || xml.FindNumber("ilvl") is not (>= 0 and < WordList.Levels and var at))
                continue;

            foreach (string part in xml.Children())
            {
                if (part == "startOverride" && xml.FindNumber("val") is { } start)
                    use.Starts[at] = start;
                else if (part == "lvl")
                    use.Levels[at] = ReadLevel(xml);
            }
        }

        return use;
    }

    private static WordLevel ReadLevel(PartXml xml)
    {
        var level = new WordLevel();
        ReadLevel(xml, level);
        return level;
    }

    private static void ReadLevel(PartXml xml, WordLevel level)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "AlternateContent":
                    foreach (string _ in xml.Choices())
                        ReadLevel(xml, level);
                    break;
                case "start":
                    level.Start = xml.FindNumber("val") ?? 1;
                    break;
                case "numFmt":
                    level.Format = xml.Find("format") ?? xml.Find("val") ?? "decimal";
                    break;
                case "lvlText":
                    level.Text = xml.Find("val") ?? "";
                    break;
                case "pStyle":
                    level.Style = xml.Find("val");
                    break;
                case "lvlRestart":
                    level.RestartsBehind = xml.FindNumber("val");
                    break;
                case "isLgl":
                    level.IsLegal = xml.IsOn();
                    break;
            }
        }
    }

    /// <summary>A list, as paragraphs refer to it, with what differs from it.</summary>
    private sealed class Use
    {
        public string List { get; set; } = "";

        /// <summary>Where levels begin when they are first used.</summary>
        public Dictionary<int, int> Starts { get; } = [];

        public Dictionary<int, WordLevel> Levels { get; } = [];
    }
}
