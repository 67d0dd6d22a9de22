namespace Rlm;

/// <summary>Which events a run gives.</summary>
public enum RlmVerbosity
{
    /// <summary>Only the result.</summary>
    Quiet,

    /// <summary>Turns, paid stages and the result.</summary>
    Progress,

    /// <summary>Programs, diagnostics, values and notes as well.</summary>
    Detailed,
}
