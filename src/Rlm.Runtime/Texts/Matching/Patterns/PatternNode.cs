namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>A regex. Groups are gone, but for those whose captures are asked for.</summary>
internal abstract record PatternNode
{
    /// <summary>Whether it matches the empty text.</summary>
    public bool MayBeEmpty => this switch
    {
        Unit => false,
        Sequence sequence => sequence.Parts.All(part => part.MayBeEmpty),
        Choice choice => choice.Branches.Any(branch => branch.MayBeEmpty),
        Repeat repeat => repeat.Least == 0 || repeat.Part.MayBeEmpty,
        Capture capture => capture.Part.MayBeEmpty,
        _ => true,
    };

    /// <summary>Whether something that may be empty is repeated in it: engines differ in what such a round captures.</summary>
    public bool HasEmptyRound => this switch
    {
        Sequence sequence => sequence.Parts.Any(part => part.HasEmptyRound),
        Choice choice => choice.Branches.Any(branch => branch.HasEmptyRound),
        Repeat repeat => repeat.Part.MayBeEmpty || repeat.Part.HasEmptyRound,
        Capture capture => capture.Part.HasEmptyRound,
        _ => false,
    };

    /// <summary>How many units and places it has, each as often as it is repeated.</summary>
    public double Size => this switch
    {
        Sequence sequence => sequence.Parts.Sum(part => part.Size),
        Choice choice => choice.Branches.Sum(branch => branch.Size),
        Repeat repeat => Math.Max(1, repeat.Most ?? repeat.Least) * repeat.Part.Size,
        Capture capture => capture.Part.Size,
        _ => 1,
    };

    /// <summary>One code unit of a set.</summary>
    public sealed record Unit(CodeUnitSet Set) : PatternNode;

    /// <summary>One after the other; empty for the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of them.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Branches) : PatternNode;

    /// <summary>
    /// So many times; no <paramref name="Most"/> for any number. As often as can be, or as seldom where <paramref name="IsLazy"/>.
    /// </summary>
    public sealed record Repeat(PatternNode Part, int Least, int? Most, bool IsLazy) : PatternNode;

    /// <summary>A named group.</summary>
    public sealed record Capture(PatternNode Part, string Name) : PatternNode;

    /// <summary>A place between two code units.</summary>
    public sealed record Place(PatternPlace Kind) : PatternNode;
}
