namespace Rlm.Cli.CommandLine;

/// <summary>A context as it was named.</summary>
/// <param name="Name">The variable; <c>context</c> where none was given.</param>
/// <param name="Path">A file, a directory, a glob, or <c>-</c> for standard input.</param>
internal sealed record ContextArgument(string Name, string Path)
{
    public const string DefaultName = "context";

    public bool IsStandardInput => Path == "-";

    /// <summary>Reads <c>[NAME=]PATH</c>.</summary>
    public static ContextArgument Read(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && VariableArgument.IsName(text[..equals]) ? new(text[..equals], text[(equals + 1)..]) : new(DefaultName, text);
    }
}
