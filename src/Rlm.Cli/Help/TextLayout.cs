using System.Text;

namespace Rlm.Cli.Help;

/// <summary>Writes pages for a terminal of 100 columns.</summary>
internal sealed class TextLayout
{
    public const int Width = 100;

    private readonly StringBuilder _page = new();

    public override string ToString() => _page.ToString();

    public TextLayout Blank()
    {
        _page.Append('\n');
        return this;
    }

    public TextLayout Line(string text)
    {
        _page.Append(text.TrimEnd()).Append('\n');
        return this;
    }

    /// <summary>Wraps a text at blanks.</summary>
    public TextLayout Paragraph(string text, int indent = 0, int width = Width)
    {
        foreach (string line in Wrap(text, width - indent))
            Line(new string(' ', indent) + line);
        return this;
    }

    /// <summary>Writes two columns; a left side that is too long gets a line of its own.</summary>
    public TextLayout Row(string left, string right, int indent, int column)
    {
        string first = new string(' ', indent) + left;
        var lines = Wrap(right, Width - column);
        if (first.Length > column - 2)
        {
            Paragraph(left, indent);
            first = "";
        }

        Line(first.PadRight(column) + lines[0]);
        foreach (string line in lines.Skip(1))
            Line(new string(' ', column) + line);
        return this;
    }

    /// <summary>Writes a text of several lines as it is, indented; a line that is too long goes on below, further in.</summary>
    public TextLayout Block(string text, int indent)
    {
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            var parts = line.Length <= Width - indent ? [line] : Wrap(line, Width - indent - 4);
            Line(new string(' ', indent) + parts[0]);
            foreach (string part in parts.Skip(1))
                Line(new string(' ', indent + 4) + part);
        }

        return this;
    }

    /// <summary>The first clause of a summary that is too long for a line, unless it says too little.</summary>
    public static string FirstClause(string summary, int maxChars)
    {
        const int LeastChars = 17;
        if (summary.Length <= maxChars)
            return summary;

        bool isCode = false;
        for (int i = 0; i < summary.Length; i++)
        {
            isCode ^= summary[i] == '`';
            if (!isCode && summary[i] is ',' or ';' or ':' or '(')
                return i >= LeastChars ? summary[..i].TrimEnd() : summary;
        }

        return summary;
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }
}
