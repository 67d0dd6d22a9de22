namespace Rlm.Cli.Queues;

/// <summary>What a worker is asked about the texts that it serves.</summary>
/// <param name="Version">The version of the program that asks.</param>
/// <param name="Program">The pipeline program.</param>
/// <param name="ProgramName">What diagnostics call it.</param>
/// <param name="Context">The variable that the texts are.</param>
/// <param name="Variables">What else the program knows, as text.</param>
internal sealed record ScanRequest(string Version, string Program, string ProgramName, string Context, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The header of a reply that has a line for people.</summary>
    public const string Note = "note";

    /// <summary>A part may have no more bytes.</summary>
    public const int MaxPartBytes = 64 << 20;

    /// <summary>The path of calls that only a worker takes, and only for what it serves under a name.</summary>
    public static string PathOf(string served, string worker) => $"{Folder}{served}/{worker}";

    /// <summary>What is served, and by which worker; null for the path of a call to a model.</summary>
    public static (string Served, string Worker)? TryReadPath(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path[Folder.Length..].Split('/', 2) is [var served, var worker] ? (served, worker) : null;

    private const string Folder = "scan/";
}
