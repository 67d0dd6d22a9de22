namespace EmbedAot;

/// <summary>Who looks after a host.</summary>
public sealed record Owner(string Team, string? Phone, IReadOnlyList<string> Hosts);
