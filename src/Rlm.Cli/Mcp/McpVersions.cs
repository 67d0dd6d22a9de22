namespace Rlm.Cli.Mcp;

/// <summary>The revisions of the protocol that are spoken.</summary>
internal static class McpVersions
{
    /// <summary>Every request says by itself what it is; there is no handshake.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>The first one in which the host can ask its user, and a result can link to a resource.</summary>
    private const string WithForms = "2025-06-18";

    private static readonly string[] WithHandshake = ["2025-11-25", WithForms, "2025-03-26", "2024-11-05"];

    public static IReadOnlyList<string> All { get; } = [Stateless, .. WithHandshake];

    /// <summary>The revision of a handshake: the one that is asked for where it is known, else the newest.</summary>
    public static string Choose(string? asked) => WithHandshake.FirstOrDefault(version => version == asked) ?? WithHandshake[0];

    public static bool HasForms(string version) => string.CompareOrdinal(version, WithForms) >= 0;
}
