namespace Rlm.Dsl.Operators.Rules;

/// <summary>Which options of a call say something at an operator. The check of a stage refuses the others, and pages of help leave them out.</summary>
internal static class UsableOptions
{
    /// <summary>What is about calls to a model, and not about roots.</summary>
    public static IReadOnlyList<(Slot Option, string Word)> OfCalls { get; } =
    [
        (Slots.Pack, "pack"), (Slots.PackAuto, "pack"), (Slots.Votes, "votes"), (Slots.Calibrate, "calibrate"), (Slots.Neighbours, "around"),
        (Slots.Citations, "with citations"),
    ];

    /// <summary>Whether an option says something at a call of an operator.</summary>
    /// <param name="signature">The operator.</param>
    /// <param name="option">The option.</param>
    /// <param name="asksRoots">Whether the call runs roots of its own.</param>
    public static bool Has(OperatorSignature signature, Slot option, bool asksRoots)
    {
        if (asksRoots && OfCalls.Any(ofCalls => ofCalls.Option == option))
            return false;
        if (option == Slots.Neighbours || option == Slots.Calibrate)
            return signature.Is(OperatorTraits.GivesOneForEach) || signature.Is(OperatorTraits.Filters);
        return option != Slots.Citations || (signature.Has(Slots.Prompt) && !signature.Is(OperatorTraits.Filters));
    }
}
