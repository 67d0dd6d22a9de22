namespace Rlm.Runtime.Texts.Matching;

/// <summary>A regex as far as whether a line matches is concerned: groups and laziness are gone.</summary>
internal abstract record PatternNode
{
    /// <summary>One code unit of a set.</summary>
    public sealed record Unit(UnitSet Set) : PatternNode;

    /// <summary>One after the other; empty for the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of them.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Branches) : PatternNode;

    /// <summary>So many times; no <paramref name="Most"/> for any number.</summary>
    public sealed record Repeat(PatternNode Part, int Least, int? Most) : PatternNode;

    /// <summary>A place between two code units.</summary>
    public sealed record Place(PatternPlace Kind) : PatternNode;
}
