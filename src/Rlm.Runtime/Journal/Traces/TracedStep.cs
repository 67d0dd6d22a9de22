namespace Rlm;

/// <summary>Something that happened in a run, in the order of the journal.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">Time since the run began.</param>
/// <param name="Text">What <see cref="Kind"/> says that it is; the first 20,000 characters.</param>
public sealed record TracedStep(TracedStepKind Kind, TimeSpan At, string Text)
{
    /// <summary>The root of <c>rlm</c> that it happened in; null for the run's own.</summary>
    public string? Root { get; init; }

    /// <summary>How many characters of the text the journal has more.</summary>
    public int LeftOutChars { get; init; }

    /// <summary>The type and size of a value, the result of a tool, or why a root gave no answer or what that lost; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>The number of the turn, or of the stage in <see cref="TracedRun.Stages"/>; 0 for others.</summary>
    public int Number { get; init; }
}

/// <summary>What a step is, and so what its text is.</summary>
public enum TracedStepKind
{
    /// <summary>A turn of a root begins.</summary>
    Turn,

    /// <summary>A program is run: its text.</summary>
    Program,

    /// <summary>Its errors and warnings, rendered.</summary>
    Diagnostics,

    /// <summary>A paid stage begins: as it is written.</summary>
    Stage,

    /// <summary>A value is shown: its preview.</summary>
    Value,

    /// <summary>A note.</summary>
    Note,

    /// <summary>The start of a reply that holds no program.</summary>
    Words,

    /// <summary>A tool that writes was called: its name.</summary>
    Tool,

    /// <summary>A stage asks a root of its own: the question.</summary>
    RootStarted,

    /// <summary>That root is over: its answer, empty for none.</summary>
    RootFinished,
}
