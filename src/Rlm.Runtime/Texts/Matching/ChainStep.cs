using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>What comes next in a <see cref="CaptureChain"/>.</summary>
internal abstract record ChainStep
{
    /// <summary>These bytes.</summary>
    public sealed record Literal(byte[] Bytes) : ChainStep;

    /// <summary>The place is kept as an end of a capture.</summary>
    public sealed record Save(int Slot) : ChainStep;

    /// <summary>A place between two units.</summary>
    public sealed record Place(PatternPlace Kind) : ChainStep;

    /// <summary>So many units of a class.</summary>
    /// <param name="Class">The class.</param>
    /// <param name="Least">The least of them.</param>
    /// <param name="Most">The most; the largest integer for any number.</param>
    /// <param name="IsLazy">Whether as few as can be.</param>
    public sealed record Run(ByteClass Class, int Least, int Most, bool IsLazy) : ChainStep
    {
        /// <summary>
        /// The text behind it that tells where it ends, first or last; null where it takes all that there are, since nothing that follows
        /// could begin with one of them.
        /// </summary>
        public byte[]? Before { get; init; }
    }
}
