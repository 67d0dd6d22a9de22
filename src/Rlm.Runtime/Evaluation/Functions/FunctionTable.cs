using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Texts.Sources;
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

        if (!Table.TryGetValue(call.Name, out var function))
            throw call.Error($"`{call.Name}` is not evaluated in this version");
        return function(call) is var value && value is TextValue { Slice: null, Cited.Count: 0 } made ? KeepCited(made, call.Arguments) : value;
    }

    /// <summary>A text that is made of its arguments cites what they do; one that is an argument, or an item of a list, what it does itself.</summary>
    private static TextValue KeepCited(TextValue made, IReadOnlyList<Value?> arguments)
    {
        if (arguments.Contains(made))
            return made;

        List<TextSlice>? cited = null;
        foreach (var argument in arguments)
        {
            if (argument is not (null or ListValue))
                Provenance.AddCited(argument, ref cited);
        }

        return Provenance.Cite(made, cited);
    }

    public static NumberValue OfNumber(Number number) => new(number);

    public static Value OrNone(Value? value) => value ?? NoneValue.Instance;
}
