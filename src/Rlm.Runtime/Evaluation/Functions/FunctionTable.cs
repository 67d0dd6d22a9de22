using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>The functions of the catalogue by name.</summary>
internal static partial class FunctionTable
{
    private static readonly Dictionary<string, Func<FunctionCall, Value>> Table =
        new([.. OfText, .. NumberFunctions.All, .. DateFunctions.All, .. OfLists], StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>The function's value; <see cref="EvaluationException"/> for arguments that it cannot take.</summary>
    public static Value Call(FunctionCall call)
    {
        // A host's tool wins over a function of its name, as it does where names are bound.
        if (call.Call.Function.IsTool)
            return ToolCall.Invoke(call);

        return Table.TryGetValue(call.Name, out var function)
            ? function(call)
            : throw call.Error($"`{call.Name}` is not evaluated in this version");
    }

    public static NumberValue OfNumber(Number number) => new(number);

    public static Value OrNone(Value? value) => value ?? NoneValue.Instance;
}
