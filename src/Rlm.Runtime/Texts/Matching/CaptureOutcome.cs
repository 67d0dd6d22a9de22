namespace Rlm.Runtime.Texts.Matching;

/// <summary>What a <see cref="CaptureTemplate"/> knows of a line.</summary>
internal enum CaptureOutcome
{
    /// <summary>There is a match, with these captures.</summary>
    Found,

    /// <summary>There is no further match.</summary>
    None,

    /// <summary>Its first try failed; another way to share the line out may match.</summary>
    Unknown,
}
