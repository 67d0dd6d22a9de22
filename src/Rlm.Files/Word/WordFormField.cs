using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>What a form shows in a field that has no text: a box, ticked or not, or the entry that is chosen.</summary>
internal static class WordFormField
{
    public static string Read(PartXml xml)
    {
        string shown = "";
        foreach (string name in xml.Descendants())
        {
            if (name == "checkBox")
                shown = ReadBox(xml);
            else if (name == "ddList")
                shown = ReadChoice(xml);
        }

        return shown;
    }

    private static string ReadBox(PartXml xml)
    {
        bool isTicked = false;
        foreach (string name in xml.Children())
        {
            if (name is "default" or "checked")
                isTicked = xml.IsOn();
        }

        return isTicked ? "☒" : "☐";
    }

    private static string ReadChoice(PartXml xml)
    {
        int chosen = 0;
        var entries = new List<string>();
        foreach (string name in xml.Children())
        {
            if (name is "default" or "result")
                chosen = xml.FindNumber("val") ?? chosen;
            else if (name == "listEntry")
                entries.Add(xml.Find("val") ?? "");
        }

        return chosen >= 0 && chosen < entries.Count ? entries[chosen] : "";
    }
}
