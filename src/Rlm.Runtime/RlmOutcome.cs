namespace Rlm;

/// <summary>How a run ended.</summary>
public enum RlmOutcome
{
    /// <summary>There is an answer; it may be partial.</summary>
    Answered,

    /// <summary>A program ran to its end and has no <c>answer</c>. Only of one that somebody ran by hand.</summary>
    Completed,

    /// <summary>The root gave no answer in its steps.</summary>
    NoAnswer,

    /// <summary>A program had errors. Only of a pipeline that somebody ran by hand; a root is told and tries again.</summary>
    ProgramErrors,

    /// <summary>Calls, tokens, cost or time ran out before there was an answer.</summary>
    LimitReached,

    /// <summary>A model or an input failed.</summary>
    Failed,
}
