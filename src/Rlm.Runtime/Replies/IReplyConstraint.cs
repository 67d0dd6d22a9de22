using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Replies;

/// <summary>What a client may hold a reply to, which is no more than the prompt says.</summary>
internal interface IReplyConstraint
{
    /// <summary>What notes call it.</summary>
    string Kind { get; }

    /// <summary>What it is known by.</summary>
    string Text { get; }

    /// <summary>Adds it to what is asked for.</summary>
    void AddTo(ChatOptions options);
}
