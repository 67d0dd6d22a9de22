namespace Rlm.Generators.Support;

/// <summary>What was read of a declaration.</summary>
/// <param name="Model">What code is made from; null where none can be.</param>
/// <param name="Findings">What is wrong with it.</param>
internal sealed record Analysis<T>(T? Model, EquatableArray<Finding> Findings)
    where T : class, IEquatable<T>;
