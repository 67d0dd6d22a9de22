using Microsoft.Extensions.AI;
using Rlm;

namespace SupportDesk;

/// <summary>Programs that the C# compiler has checked: an error in one stops the build.</summary>
public static partial class Reports
{
    /// <summary>How many mails there are, and how many lines speak of a refund. Free: no model is asked.</summary>
    [RlmPipeline("""
        let all = mails | chunk by /^===== mail/
        answer "{all | count} mails, {mails | grep /refund/i | count} lines with `refund`"
        """)]
    public static partial Task<string> CountAsync(IChatClient model, TextSource mails, CancellationToken cancellationToken);
}
