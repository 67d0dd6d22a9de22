using Microsoft.Extensions.Logging;

namespace Rlm.Hosting.Conversations;

/// <summary>
/// What a log is told of runs: never a question, a program or an answer but at the level Trace, as the neighbours do it.
/// </summary>
internal static partial class RunLog
{
    /// <summary>Tells what happened.</summary>
    public static void Write(ILogger logger, RlmEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                Started(logger, started.PromptVersion);
                AskedFor(logger, started.Question);
                break;
            case ProgramStarted program:
                Program(logger, program.Text);
                break;
            case StageFinished stage:
                Stage(logger, stage.Calls, stage.Failed);
                break;
            case TurnFinished turn:
                Turn(logger, turn.Step.Number, turn.Step.Program is not null, turn.Step.IsAnswer);
                break;
            case RunFinished finished:
                WriteEnd(logger, finished.Result);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Count} part(s) of the conversation are held as variables")]
    public static partial void MovedParts(ILogger logger, int count);

    private static void WriteEnd(ILogger logger, RlmResult result)
    {
        var usage = result.Usage;
        bool isWhole = result is { Outcome: RlmOutcome.Answered or RlmOutcome.Completed, IsPartial: false };
        Finished(
            logger, isWhole ? LogLevel.Information : LogLevel.Warning, result.Outcome, result.IsPartial, usage.Steps, usage.Calls,
            usage.InputTokens, usage.OutputTokens, usage.Elapsed);
        if (!isWhole && logger.IsEnabled(LogLevel.Warning))
            Reasons(logger, string.Join("; ", result.Reasons));
        if (result.Answer is { } answer)
            Answered(logger, answer);
    }

    [LoggerMessage(2, LogLevel.Debug, "A question is taken up, prompt {PromptVersion}")]
    private static partial void Started(ILogger logger, string promptVersion);

    [LoggerMessage(3, LogLevel.Trace, "The question: {Question}")]
    private static partial void AskedFor(ILogger logger, string question);

    [LoggerMessage(4, LogLevel.Trace, "A program runs: {Program}")]
    private static partial void Program(ILogger logger, string program);

    [LoggerMessage(5, LogLevel.Debug, "A paid stage made {Calls} call(s), {Failed} item(s) failed")]
    private static partial void Stage(ILogger logger, int calls, int failed);

    [LoggerMessage(6, LogLevel.Debug, "Turn {Number} is over; has a program: {HasProgram}, has answered: {HasAnswered}")]
    private static partial void Turn(ILogger logger, int number, bool hasProgram, bool hasAnswered);

    [LoggerMessage(
        EventId = 7,
        Message = "The run ended: {Outcome}, partial: {IsPartial}, {Steps} turn(s), {Calls} call(s), {Input} + {Output} tokens, {Elapsed}")]
    private static partial void Finished(
        ILogger logger, LogLevel level, RlmOutcome outcome, bool isPartial, int steps, int calls, long input, long output, TimeSpan elapsed);

    [LoggerMessage(8, LogLevel.Warning, "The run is not whole: {Reasons}")]
    private static partial void Reasons(ILogger logger, string reasons);

    [LoggerMessage(9, LogLevel.Trace, "The answer: {Answer}")]
    private static partial void Answered(ILogger logger, string answer);
}
