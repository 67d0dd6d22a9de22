using Microsoft.Extensions.AI;
using Rlm;

namespace Shop;

/// <summary>A tool, whose code the generator inside the package writes.</summary>
[RlmTools]
internal sealed partial class Staff
{
    [RlmTool("Who looks after a host.")]
    public string OwnerOf(string host) => host.StartsWith("api", StringComparison.Ordinal) ? "orders" : "storefront";
}

/// <summary>A program that was checked while C# compiled.</summary>
internal static partial class Reports
{
    [RlmPipeline("""log | grep /ERROR/ | extract /host=(?<host>\S+)/ | distinct by host | count""")]
    public static partial Task<string> HostsAsync(IChatClient model, TextSource log, CancellationToken cancellationToken);
}
