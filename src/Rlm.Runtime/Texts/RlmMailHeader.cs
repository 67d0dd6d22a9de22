namespace Rlm;

/// <summary>What a mail says of itself, decoded.</summary>
/// <param name="From">Who wrote it, as <c>Ann Lee &lt;ann@example.org&gt;</c>; empty for nobody.</param>
/// <param name="To">Whom it was sent to, with commas between them.</param>
/// <param name="Date">When it was written; null where it does not say so.</param>
/// <param name="Subject">What it is about.</param>
public sealed record RlmMailHeader(string From, string To, DateTimeOffset? Date, string Subject);
