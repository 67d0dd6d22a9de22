namespace Rlm.Runtime.Models.Calls;

/// <summary>Replies of earlier runs.</summary>
internal interface IReplyStore
{
    /// <summary>What is held of a call, which is taken by this; null for nothing.</summary>
    HeldReply? Take(string key);

    /// <summary>Whether a call costs nothing, since an earlier run paid for it.</summary>
    bool IsFree(string key);
}
