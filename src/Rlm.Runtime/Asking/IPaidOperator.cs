using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>The evaluator of a paid operator, by the name of its signature.</summary>
internal interface IPaidOperator
{
    /// <summary>The signature's name.</summary>
    string Name { get; }

    /// <summary>The stage's result; it makes no call for nothing.</summary>
    Task<Value> EvaluateAsync(Value input, PaidStage stage);
}
