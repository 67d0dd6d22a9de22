using System.Reflection;

namespace Rlm.Generators.Support;

/// <summary>The page that explains a diagnostic.</summary>
internal static class HelpLink
{
    /// <summary>Where the project's pages are, as it was built; null where nobody said it.</summary>
    private static readonly string? Pages = typeof(HelpLink).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "DocumentationUrl")?.Value is { Length: > 0 } url ? url : null;

    /// <summary>The link of an id; null where the pages are nowhere.</summary>
    public static string? Of(string id) => Of(Pages, id);

    internal static string? Of(string? pages, string id) => pages is null ? null
        : $"{pages.TrimEnd('/')}/{(id.StartsWith("RLM9", StringComparison.Ordinal) ? "generator-diagnostics.md" : "diagnostics.md")}#{id.ToLowerInvariant()}";
}
