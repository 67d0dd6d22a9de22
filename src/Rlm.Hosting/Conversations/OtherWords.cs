namespace Rlm.Hosting.Conversations;

/// <summary>Whether what is asked about a long text may stand elsewhere in the conversation.</summary>
internal enum OtherWords
{
    /// <summary>The text is all that there is.</summary>
    None,

    /// <summary>A system message, another long text or a later turn may ask.</summary>
    MayAsk,

    /// <summary>A user says something short before it or beside it.</summary>
    Ask,
}
