using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>The functions of the catalogue by name.</summary>
internal static partial class Functions
{
    private static readonly Dictionary<string, Func<FunctionCall, Value>> Table =
        new([.. OfText, .. OfNumbers, .. OfDates, .. OfLists], StringComparer.Ordinal);

    /// <summary>The function's value; <see cref="EvaluationException"/> for arguments that it cannot take.</summary>
    public static Value Call(FunctionCall call) => Table.TryGetValue(call.Name, out var function)
        ? function(call)
        : throw call.Error($"`{call.Name}` has no evaluation in an expression", call.Call.Function.IsTool ? $"write it as a stage: `| {call.Name}(…)`" : null);

    private static NumberValue OfNumber(decimal number) => new(number);

    private static Value OrNone(Value? value) => value ?? NoneValue.Instance;
}
