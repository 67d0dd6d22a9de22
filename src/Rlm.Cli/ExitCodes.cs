namespace Rlm.Cli;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    public const int Answered = 0;
    public const int NoAnswer = 1;

    /// <summary>What <c>fmt --check</c> says where a program would change.</summary>
    public const int NotFormatted = NoAnswer;

    /// <summary>What <c>lsp</c> says where the editor ended it, or was gone, without a word of it before.</summary>
    public const int NotShutDown = NoAnswer;

    public const int WrongUsage = 2;
    public const int ProgramErrors = 3;
    public const int LimitReached = 4;

    /// <summary>A model or an input failed: a file of a program that cannot be read is an input too.</summary>
    public const int Failed = 5;

    public const int Interrupted = 130;

    /// <summary>The table that the long help prints.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Answered, "answered; a partial answer says so on stderr"),
        (NoAnswer, "no answer; with fmt --check, a program that would change; of lsp, an end without shutdown"),
        (WrongUsage, "wrong usage"),
        (ProgramErrors, "a program with errors"),
        (LimitReached, "calls, tokens, money or time spent before an answer"),
        (Failed, "a model, a context or a program file failed; with --strict, a partial answer"),
        (Interrupted, "interrupted; with a journal the run can be resumed"),
    ];

    public static int Of(RlmOutcome outcome) => outcome switch
    {
        RlmOutcome.Answered or RlmOutcome.Completed => Answered,
        RlmOutcome.NoAnswer => NoAnswer,
        RlmOutcome.ProgramErrors => ProgramErrors,
        RlmOutcome.LimitReached => LimitReached,
        _ => Failed,
    };
}
