using Microsoft.CodeAnalysis;

namespace Rlm.Generators.Pipelines;

/// <summary>A program among the project's additional files.</summary>
internal sealed record PipelineFile(string Path, string Text)
{
    public const string Extension = ".rlm";

    public static PipelineFile Read(AdditionalText file, CancellationToken cancellationToken) =>
        new(file.Path, file.GetText(cancellationToken)?.ToString() ?? "");

    /// <summary>The files that a name means: the one beside the C# file, or all whose path ends with it.</summary>
    public static IReadOnlyList<PipelineFile> FindAll(IEnumerable<PipelineFile> files, string name, string sourcePath)
    {
        string wanted = Normalize(name), folder = Normalize(System.IO.Path.GetDirectoryName(sourcePath) ?? "");
        string beside = folder.Length == 0 ? wanted : $"{folder}/{wanted}";
        var all = files.ToList();
        var own = all.Where(file => Normalize(file.Path) == beside).ToList();
        return own.Count > 0 ? own
            : [.. all.Where(file => Normalize(file.Path) is var path && (path == wanted || path.EndsWith("/" + wanted, StringComparison.Ordinal)))];
    }

    /// <summary>With one kind of separator, and without <c>.</c> and <c>..</c>.</summary>
    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part);
        }

        return string.Join("/", parts);
    }
}
