namespace Rlm.Files.Packages;

/// <summary>Which parts of an Office file a part refers to.</summary>
internal sealed class PartRelations
{
    private readonly List<(string Id, string Type, string Path)> _all = [];

    /// <summary>The relations of a part; those of the whole package for an empty path.</summary>
    /// <exception cref="PartException">They are damaged.</exception>
    public static PartRelations Of(FilePackage package, string path)
    {
        var relations = new PartRelations();
        int slash = path.LastIndexOf('/') + 1;
        string folder = path[..slash];
        string list = $"{folder}_rels/{path[slash..]}.rels";
        if (package.Has(list))
            package.ReadXml(list, xml => relations.Add(xml, folder));
        return relations;
    }

    /// <summary>The part with an id, null where there is none in the package.</summary>
    public string? Find(string? id)
    {
        foreach (var (other, _, path) in _all)
        {
            if (other == id)
                return path;
        }

        return null;
    }

    /// <summary>The type of the part with an id, such as <c>worksheet</c>.</summary>
    public string? FindType(string? id)
    {
        foreach (var (other, type, _) in _all)
        {
            if (other == id)
                return type;
        }

        return null;
    }

    /// <summary>The parts of a type, such as <c>footnotes</c>.</summary>
    public IEnumerable<string> OfType(string type)
    {
        foreach (var (_, other, path) in _all)
        {
            if (other == type)
                yield return path;
        }
    }

    private void Add(PartXml xml, string folder)
    {
        foreach (string name in xml.Children())
        {
            if (name != "Relationship" || xml.Find("TargetMode") == "External" || xml.Find("Target") is not { } target)
                continue;

            string type = xml.Find("Type") ?? "";
            _all.Add((xml.Find("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
        }
    }

    /// <summary>The path of a part that another one names.</summary>
    /// <param name="folder">The folder of that other one, with a slash.</param>
    /// <param name="target">How it is named.</param>
    public static string Resolve(string folder, string target)
    {
        target = Uri.UnescapeDataString(target.Replace('\\', '/'));
        var steps = new List<string>();
        foreach (string step in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (step == ".." && steps.Count > 0)
                steps.RemoveAt(steps.Count - 1);
            else if (step is not ("" or "." or ".."))
                steps.Add(step);
        }

        return string.Join('/', steps);
    }
}
