namespace Rlm.Runtime.Replies;

/// <summary>What a reply has to be beside its type.</summary>
internal interface IReplyCheck
{
    /// <summary>What the prompt says of it.</summary>
    string Guide { get; }

    /// <summary>The value that is meant, or what is wrong with it.</summary>
    ReplyReading Read(ReplyReading reading);
}
