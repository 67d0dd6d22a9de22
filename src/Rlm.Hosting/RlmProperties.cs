namespace Rlm;

/// <summary>
/// The names under which a response's <c>AdditionalProperties</c> tell of the run that made it. Its <c>RawRepresentation</c> is the
/// <see cref="RlmResult"/>, where it has not been through JSON.
/// </summary>
public static class RlmProperties
{
    /// <summary>How the run ended, as <see cref="RlmOutcome"/> has it: a text.</summary>
    public const string Outcome = "rlm.outcome";

    /// <summary>Whether the answer rests on something that was lost: true or false.</summary>
    public const string IsPartial = "rlm.partial";

    /// <summary>Why it is partial: texts, one line each.</summary>
    public const string Reasons = "rlm.reasons";

    /// <summary>What was lost: texts, one line each.</summary>
    public const string Losses = "rlm.losses";

    /// <summary>Where the answer comes from: texts such as <c>server.log:12-14</c>.</summary>
    public const string Citations = "rlm.citations";

    /// <summary>Sub-calls: a number.</summary>
    public const string Calls = "rlm.calls";

    /// <summary>Root turns: a number.</summary>
    public const string Steps = "rlm.steps";

    /// <summary>US dollars, where prices are known: a number.</summary>
    public const string CostUsd = "rlm.cost_usd";
}
