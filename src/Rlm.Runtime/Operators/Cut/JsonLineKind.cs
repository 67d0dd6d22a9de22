namespace Rlm.Runtime.Operators.Cut;

/// <summary>What a line of JSON lines is.</summary>
internal enum JsonLineKind
{
    /// <summary>Nothing looked at it.</summary>
    None,

    Blank,

    /// <summary>It is not JSON.</summary>
    Broken,

    /// <summary>It is JSON, if its texts and names can be read, which is not known.</summary>
    Unsure,

    /// <summary>It is JSON.</summary>
    Sound,
}
