using Rlm;

namespace EmbedAot;

/// <summary>What the host application knows, as tools that programs may call.</summary>
[RlmTools]
public sealed partial class Staff
{
    private readonly Owner[] _owners =
    [
        new("storefront", "555-0101", ["web-01", "web-02", "web-03", "web-04"]),
        new("orders", null, ["api-01", "api-02"]),
    ];

    [RlmTool("Who looks after a host; none where nobody does.")]
    public Owner? OwnerOf(string host) => _owners.FirstOrDefault(owner => owner.Hosts.Contains(host));

    [RlmTool("The teams, in order.")]
    public IReadOnlyList<string> Teams(int most = 10) => [.. _owners.Take(most).Select(owner => owner.Team)];
}
