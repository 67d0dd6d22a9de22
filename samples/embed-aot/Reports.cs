using Microsoft.Extensions.AI;
using Rlm;

namespace EmbedAot;

/// <summary>Programs that the C# compiler has checked: an error in one stops the build.</summary>
public static partial class Reports
{
    /// <summary>The hosts with the most errors in a log. Free: no model is asked.</summary>
    [RlmPipeline("""
        let errors = log | grep "ERROR" | extract /host=(?<host>\S+)/
        errors | count by host | top 3 by count
        """)]
    public static partial Task<string> WorstHostsAsync(IChatClient model, TextSource log, CancellationToken cancellationToken);

    /// <summary>What the errors of a log have in common: one paid call about at most twenty of them.</summary>
    [RlmPipeline("""log | grep "ERROR" | sample 20 seed 1 | llm "Name the likely cause in one sentence." """)]
    public static partial Task<RlmResult> CauseAsync(IChatClient model, TextSource log, RlmOptions? options, CancellationToken cancellationToken);
}
