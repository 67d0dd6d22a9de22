using Rlm.Files.Packages;

namespace Rlm.Files.Books;

/// <summary>The chapters of a book in the order of reading.</summary>
internal static class BookSpine
{
    private const string Container = "META-INF/container.xml";

    /// <summary>The parts with the chapters; those that are not pages, such as pictures, are left out.</summary>
    /// <exception cref="PartException">The book does not tell them.</exception>
    public static IReadOnlyList<string> Of(FilePackage package)
    {
        string? main = null;
        package.ReadXml(Container, xml =>
        {
            foreach (string name in xml.Descendants())
            {
                if (name == "rootfile")
                    main ??= xml.Find("full-path");
            }
        });
        if (main is null)
            throw new PartException("it does not say where its chapters are; it may be damaged");

        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var order = new List<string>();
        package.ReadXml(main, xml =>
        {
            foreach (string name in xml.Descendants())
            {
                if (name == "item" && xml.Find("id") is { } id && xml.Find("href") is { } page
                    && xml.Find("media-type") is "application/xhtml+xml" or "text/html" or "text/x-oeb1-document" or "application/x-dtbook+xml")
                    pages.TryAdd(id, PartRelations.Resolve(main[..(main.LastIndexOf('/') + 1)], page));
                else if (name == "itemref" && xml.Find("idref") is { } chapter)
                    order.Add(chapter);
            }
        });
        return [.. order.Where(pages.ContainsKey).Select(chapter => pages[chapter])];
    }
}
