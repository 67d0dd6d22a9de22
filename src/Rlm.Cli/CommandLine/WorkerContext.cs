using System.Globalization;

namespace Rlm.Cli.CommandLine;

/// <summary>A context that workers serve: all that they have of it together.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Served">What the workers call it.</param>
/// <param name="Workers">How many have to serve it; null for those that do.</param>
internal sealed record WorkerContext(string Name, string Served, int? Workers)
{
    private const string Scheme = "worker:";

    public static bool Is(string path) => path.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Reads <c>worker:NAME</c> or <c>worker:NAME:COUNT</c>; null for anything else.</summary>
    public static WorkerContext? TryRead(ContextArgument context)
    {
        string[] words = Is(context.Path) ? context.Path[Scheme.Length..].Split(':', 2) : [];
        if (words.Length == 0 || !VariableArgument.IsName(words[0]))
            return null;
        if (words.Length == 1)
            return new(context.Name, words[0], null);
        return int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int workers) && workers > 0
            ? new(context.Name, words[0], workers)
            : null;
    }
}
