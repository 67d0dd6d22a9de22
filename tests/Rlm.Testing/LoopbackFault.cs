namespace Rlm.Testing;

/// <summary>What is wrong with a reply of <see cref="LoopbackModelServer"/>.</summary>
public enum LoopbackFault
{
    None,

    /// <summary>The given status, headers and body are sent as they are.</summary>
    Raw,

    /// <summary>The JSON stops in the middle, the HTTP reply is whole.</summary>
    TruncatedJson,

    /// <summary>The list of choices, or of content blocks, is missing.</summary>
    NoChoices,

    /// <summary>The content is null, or there is no block.</summary>
    NullContent,

    /// <summary>The connection is reset before any reply.</summary>
    Reset,

    /// <summary>The connection is reset in the middle of the body.</summary>
    ResetInBody,

    /// <summary>A part of the head comes, and the rest not until the server is disposed.</summary>
    StallInHead,

    /// <summary>A part of the body comes, and the rest not until the server is disposed.</summary>
    StallInBody,

    /// <summary>No reply comes until the server is disposed.</summary>
    Hang,
}
