using System.Globalization;
using System.Text;
using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Sheets;

/// <summary>Reads texts of a workbook, in which other signs than those of XML are written as <c>_x000D_</c>.</summary>
internal static class SheetText
{
    private const int EscapeChars = 7;

    /// <summary>The text of an element with runs, without those that say how another is spoken.</summary>
    public static string ReadRuns(PartXml xml)
    {
        var text = new MarkedText();
        foreach (string name in xml.Children())
        {
            if (name == "t")
                Add(xml.ReadText(), TextMarks.None);
            if (name != "r")
                continue;

            var marks = TextMarks.None;
            foreach (string part in xml.Children())
            {
                if (part == "rPr")
                    marks = ReadMarks(xml);
                else if (part == "t")
                    Add(xml.ReadText(), marks);
            }
        }

        return Unescape(text.ToString());

        void Add(string part, TextMarks marks)
        {
            text.Append(part, marks);
            if (text.Length > PartXml.MaxTextChars)
                throw new InvalidDataException("it has a text that is too long");
        }
    }

    private static TextMarks ReadMarks(PartXml xml)
    {
        var marks = TextMarks.None;
        foreach (string property in xml.Children())
        {
            if (property == "strike" && xml.IsOn())
                marks |= TextMarks.Struck;
            else if (property == "vertAlign")
                marks |= xml.Find("val") switch
                {
                    "superscript" => TextMarks.Superscript,
                    "subscript" => TextMarks.Subscript,
                    _ => TextMarks.None,
                };
        }

        return marks;
    }

    public static string Unescape(string text)
    {
        int at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0)
            return text;

        var unescaped = new StringBuilder(text.Length).Append(text, 0, at);
        while (at < text.Length)
        {
            var rest = text.AsSpan(at);
            if (rest.Length >= EscapeChars && rest[0] == '_' && rest[1] == 'x' && rest[6] == '_'
                && ushort.TryParse(rest[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort sign))
            {
                unescaped.Append((char)sign);
                at += EscapeChars;
            }
            else
            {
                unescaped.Append(text[at++]);
            }
        }

        return unescaped.ToString();
    }
}
