namespace Rlm.Cli.CommandLine;

/// <summary>What happens before anything is spent.</summary>
internal enum ConsentMode
{
    /// <summary>It is run.</summary>
    Given,

    /// <summary>The plan is shown and somebody is asked.</summary>
    Ask,

    /// <summary>The plan is shown and nothing is run.</summary>
    DryRun,

    /// <summary>The plan is shown with every stage, and nothing is run.</summary>
    Explain,
}
