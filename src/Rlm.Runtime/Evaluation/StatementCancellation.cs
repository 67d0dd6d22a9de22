namespace Rlm.Runtime.Evaluation;

/// <summary>
/// The cancellation of the statement that runs. What a <c>let</c> keeps reads its texts again under the statement that asks for it, not
/// under the one that made it, whose run may have been cancelled long ago.
/// </summary>
internal sealed class StatementCancellation(CancellationToken token)
{
    public CancellationToken Token { get; set; } = token;
}
