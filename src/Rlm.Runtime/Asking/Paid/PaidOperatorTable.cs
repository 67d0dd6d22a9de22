namespace Rlm.Runtime.Asking.Paid;

/// <summary>The evaluators of the paid operators.</summary>
internal static class PaidOperatorTable
{
    private static readonly Dictionary<string, IPaidOperator> ByName = new IPaidOperator[]
    {
        new LlmOperator("llm"),
        new LlmOperator("rlm"),
        new MapLlmOperator(),
        new WhereLlmOperator(),
        new ReduceLlmOperator(),
        new ExtendLlmOperator(),
        new ResolveOperator(),
    }.ToDictionary(evaluator => evaluator.Name, StringComparer.Ordinal);

    public static IPaidOperator Find(string name) => ByName[name];
}
