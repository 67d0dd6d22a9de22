using System.Security.Cryptography;
using System.Text;

namespace Rlm.Cli.Report;

/// <summary>A page of the files in <c>Page</c>: its HTML with styles, scripts and data put in, so that it needs no other file.</summary>
internal static class PageTemplate
{
    private const string Include = "<!--include ", IncludeLive = "<!--include-live ", Closes = "-->", Data = "<!--data-->", Head = "<!--head-->", Policy = "<!--policy-->";

    /// <param name="name">The HTML file.</param>
    /// <param name="writeData">Writes the elements that hold the data.</param>
    /// <param name="output">Where to.</param>
    /// <param name="isLive">Whether a server that it came from tells it what is new: it may ask that one.</param>
    public static void Write(string name, Action<Stream> writeData, Stream output, bool isLive = false)
    {
        string[] lines = ReadFile(name).Replace(Head, ReadFile("head.html").TrimEnd('\n'), StringComparison.Ordinal).Split('\n');
        string[] files = [.. lines.Select(line => IncludedIn(line, isLive)).OfType<string>()];
        foreach (string line in lines)
        {
            if (line == Data)
                writeData(output);
            else if (line == Policy)
                WriteText(PolicyOf(files, isLive), output);
            else if (IncludedIn(line, isLive) is { } file)
                WriteText(file.EndsWith(".css", StringComparison.Ordinal) ? $"<style>{ReadFile(file)}</style>" : $"<script>{ReadFile(file)}</script>", output);
            else if (!line.StartsWith(IncludeLive, StringComparison.Ordinal))
                WriteText(line, output);
            WriteText("\n", output);
        }
    }

    private static string? IncludedIn(string line, bool isLive) =>
        line.StartsWith(Include, StringComparison.Ordinal) ? line[Include.Length..^Closes.Length]
        : isLive && line.StartsWith(IncludeLive, StringComparison.Ordinal) ? line[IncludeLive.Length..^Closes.Length]
        : null;

    /// <summary>The page runs only the files that are put into it, which a browser tells by their hashes.</summary>
    private static string PolicyOf(string[] files, bool isLive) =>
        $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; {(isLive ? "connect-src 'self'; " : "")}"
        + $"style-src {HashesOf(files, ".css")}; script-src {HashesOf(files, ".js")}\">";

    private static string HashesOf(string[] files, string ending) => string.Join(' ', files.Where(file => file.EndsWith(ending, StringComparison.Ordinal))
        .Select(file => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ReadFile(file))))}'"));

    private static string ReadFile(string name)
    {
        using var file = typeof(PageTemplate).Assembly.GetManifestResourceStream($"page/{name}")
            ?? throw new ArgumentException($"there is no file `{name}` of a page", nameof(name));
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static void WriteText(string text, Stream output) => output.Write(Encoding.UTF8.GetBytes(text));
}
