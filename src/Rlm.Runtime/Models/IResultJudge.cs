namespace Rlm.Runtime.Models;

/// <summary>A chat client that says how far results can be trusted that rest on its replies; found by <c>GetService</c>.</summary>
internal interface IResultJudge
{
    /// <summary>The result of a run whose root it was.</summary>
    RlmResult JudgeRoot(RlmResult result);

    /// <summary>The result of a program whose paid stages asked it.</summary>
    RlmResult JudgeSubCalls(RlmResult result);
}
