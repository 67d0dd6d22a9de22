namespace Rlm.Dsl.Types;

/// <summary><c>one of […]</c>: a text out of a declared domain.</summary>
/// <param name="Labels">The domain where the program writes it out; null where a variable holds it.</param>
/// <param name="Variable">The variable that holds the domain, a list of texts; null where the program writes it out.</param>
internal sealed record LabelType(IReadOnlyList<string>? Labels, string? Variable) : RlmType
{
    /// <summary>What each label means, null for one that says itself; empty where none is defined. Types are equal whatever they say.</summary>
    public IReadOnlyList<string?> Definitions { get; init; } = [];

    public override string ToString() => Variable is null
        ? $"one of [{string.Join(", ", (Labels ?? []).Select(label => $"\"{label}\""))}]"
        : $"one of {Variable}";

    public bool Equals(LabelType? other) =>
        other is not null && Variable == other.Variable && (Labels ?? []).SequenceEqual(other.Labels ?? []);

    public override int GetHashCode() => (Variable ?? "").GetHashCode() ^ (Labels?.Count ?? 0);
}
