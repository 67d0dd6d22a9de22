using System.Text;

namespace Rlm.Cli.Report;

/// <summary>A page of the files in <c>Page</c>: its HTML with styles, scripts and data put in, so that it needs no other file.</summary>
internal static class PageTemplate
{
    private const string Include = "<!--include ", Data = "<!--data-->", Closes = "-->";

    /// <param name="name">The HTML file.</param>
    /// <param name="writeData">Writes the elements that hold the data.</param>
    /// <param name="output">Where to.</param>
    public static void Write(string name, Action<Stream> writeData, Stream output)
    {
        foreach (string line in ReadFile(name).Split('\n'))
        {
            if (line == Data)
                writeData(output);
            else if (line.StartsWith(Include, StringComparison.Ordinal))
                WriteIncluded(line[Include.Length..^Closes.Length], output);
            else
                WriteText(line, output);
            WriteText("\n", output);
        }
    }

    /// <summary>A file of the page.</summary>
    public static string ReadFile(string name)
    {
        using var file = typeof(PageTemplate).Assembly.GetManifestResourceStream($"page/{name}")
            ?? throw new ArgumentException($"there is no file `{name}` of a page", nameof(name));
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // The policy of the page knows the hash of what stands between the tags.
    private static void WriteIncluded(string name, Stream output)
    {
        string tag = name.EndsWith(".css", StringComparison.Ordinal) ? "style" : "script";
        WriteText($"<{tag}>{ReadFile(name)}</{tag}>", output);
    }

    private static void WriteText(string text, Stream output) => output.Write(Encoding.UTF8.GetBytes(text));
}
