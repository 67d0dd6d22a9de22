using System.Text;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>Writes formulas in one line, so that <c>1/2</c> is not read as <c>12</c>.</summary>
internal static class WordMath
{
    /// <summary>The formula below an element.</summary>
    public static string Read(PartXml xml)
    {
        var text = new StringBuilder();
        foreach (string name in xml.Children())
            text.Append(ReadOne(xml, name));
        return text.ToString();
    }

    private static string ReadOne(PartXml xml, string name)
    {
        switch (name)
        {
            case "t":
                return xml.ReadText();
            case "f":
                var fraction = ReadParts(xml);
                return $"{Group(fraction, "num")}/{Group(fraction, "den")}";
            case "sSup" or "sSub" or "sSubSup" or "limLow" or "limUpp":
                var script = ReadParts(xml);
                return Of(script, "e") + Mark(script, "_", "sub") + Mark(script, "_", "lim") + Mark(script, "^", "sup");
            case "sPre":
                var before = ReadParts(xml);
                return Mark(before, "_", "sub") + Mark(before, "^", "sup") + Of(before, "e");
            case "rad":
                var root = ReadParts(xml);
                return $"{Mark(root, "^", "deg")}√({Of(root, "e")})";
            case "nary":
                var sum = ReadParts(xml);
                return $"{sum.GetValueOrDefault("chr") ?? "∫"}{Mark(sum, "_", "sub")}{Mark(sum, "^", "sup")} {Of(sum, "e")}";
            case "func":
                var function = ReadParts(xml);
                return $"{Of(function, "fName")}({Of(function, "e")})";
            case "d":
                var group = ReadParts(xml);
                return $"{group.GetValueOrDefault("begChr") ?? "("}{Of(group, "e")}{group.GetValueOrDefault("endChr") ?? ")"}";
            case "mr":
                return Of(ReadParts(xml), "e") + "; ";
            case "rPr" or "ctrlPr":
                return "";
            default:
                return Read(xml);
        }
    }

    /// <summary>The parts of a formula by their names; several of one name are parted by commas.</summary>
    private static Dictionary<string, string> ReadParts(PartXml xml)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in xml.Children())
        {
            if (name.EndsWith("Pr", StringComparison.Ordinal))
            {
                foreach (string property in xml.Children())
                {
                    if (property is "chr" or "begChr" or "endChr")
                        parts[property] = xml.Find("val") ?? "";
                }

                continue;
            }

            string text = Read(xml);
            parts[name] = parts.TryGetValue(name, out string? former) ? $"{former}, {text}" : text;
        }

        return parts;
    }

    private static string Of(Dictionary<string, string> parts, string name) => parts.GetValueOrDefault(name) ?? "";

    private static string Mark(Dictionary<string, string> parts, string mark, string name) =>
        Of(parts, name).Length > 0 ? mark + Group(parts, name) : "";

    private static string Group(Dictionary<string, string> parts, string name) =>
        Of(parts, name) is var text && text.All(char.IsLetterOrDigit) ? text : $"({text})";
}
