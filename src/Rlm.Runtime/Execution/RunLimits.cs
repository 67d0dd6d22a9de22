using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Execution;

/// <summary>The calls and tokens of an agent or session over its runs.</summary>
internal sealed class RunLimits
{
    /// <exception cref="ArgumentException">A tool cannot be called as it describes itself.</exception>
    public RunLimits(RlmOptions options)
    {
        ToolSignature.Check(options.Tools);
        Budget = new CallBudget(options.MaxCalls);
        Meter = new UsageMeter();
        Pace = new CallPace(options);
    }

    public CallBudget Budget { get; }

    public UsageMeter Meter { get; }

    public CallPace Pace { get; }

    /// <summary>Replies that all runs share; null where each run has its own.</summary>
    public ReplyCache? Replies { get; init; }

    public void Reset()
    {
        Budget.Reset();
        Meter.Reset();
    }
}
