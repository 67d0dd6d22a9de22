using System.Text;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching.Literals;

/// <summary>Reads the texts of which every match of a pattern holds one, so that a search can look for those first.</summary>
internal static class LiteralReader
{
    private const int MaxTexts = 32;

    /// <summary>The texts; null where none are known, or too many.</summary>
    public static LiteralSet? Find(PatternNode pattern)
    {
        var found = Read(pattern);
        if (found is null || found.Count > MaxTexts)
            return null;

        bool ignoresCase = found.Any(run => run.HasEitherCase);
        bool isExact = found.All(run => run.IsExact && !(ignoresCase && run.HasOneCase));
        byte[][] texts = [.. found.Select(run => ignoresCase ? run.Lower() : run.Bytes.ToArray()).Distinct(ByteArrayComparer.Instance)];
        return new LiteralSet(texts, ignoresCase, isExact);
    }

    private static List<Run>? Read(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Unit unit:
                return RunOf(unit.Set) is { } run ? [run] : null;
            case PatternNode.Repeat { Least: > 0 } repeat:
                return Read(repeat.Part)?.ConvertAll(run => run with { IsExact = run.IsExact && repeat.Least == 1 });
            case PatternNode.Choice choice:
                var branches = choice.Branches.Select(Read).ToList();
                return branches.Contains(null) ? null : [.. branches.SelectMany(branch => branch!)];
            case PatternNode.Sequence sequence:
                return ReadSequence(sequence);
            default:
                return null;
        }
    }

    private static List<Run>? ReadSequence(PatternNode.Sequence sequence)
    {
        List<Run>? best = null;
        Run? current = null;
        bool isWhole = sequence.Parts.Count > 0;
        foreach (var part in sequence.Parts)
        {
            if (part is PatternNode.Unit unit && RunOf(unit.Set) is { } next)
            {
                current = current?.Then(next) ?? next;
                continue;
            }

            // A group of nothing else, such as (?i), changes nothing.
            if (part is PatternNode.Sequence { Parts.Count: 0 })
                continue;

            isWhole &= current is null && best is null
                && sequence.Parts.All(other => ReferenceEquals(other, part) || other is PatternNode.Sequence { Parts.Count: 0 });
            best = ChooseBetter(ChooseBetter(best, current is null ? null : [current]), Read(part));
            current = null;
        }

        best = ChooseBetter(best, current is null ? null : [current]);
        return isWhole ? best : best?.ConvertAll(run => run with { IsExact = false });
    }

    private static List<Run>? ChooseBetter(List<Run>? one, List<Run>? other) =>
        one is null ? other : other is null || Worth(one).CompareTo(Worth(other)) >= 0 ? one : other;

    /// <summary>What decides how often a search stops in vain: the length of the shortest, then how rare their rarest bytes are.</summary>
    private static (int Length, int Rarity) Worth(List<Run> runs) =>
        (runs.Min(run => run.Bytes.Count), -runs.Sum(run => run.Bytes.Min(ByteRarity.PerThousand)));

    /// <summary>
    /// The bytes of the only unit that the set has, or of a letter in either case. Others match several things: a replacement character
    /// any invalid bytes, a CR perhaps a line end, half a pair no bytes of its own.
    /// </summary>
    private static Run? RunOf(CodeUnitSet set)
    {
        if (set.EitherCase is { } letter)
            return new Run([(byte)letter], true, false, true);
        if (set.Single is not { } unit || char.IsSurrogate(unit) || unit is '\uFFFD' or '\r' or '\n')
            return null;
        return new Run(Encoding.UTF8.GetBytes([unit]), false, char.IsAsciiLetter(unit), true);
    }

    /// <summary>Some bytes in a row.</summary>
    /// <param name="Bytes">The bytes; a letter that is meant in either case is in lower case.</param>
    /// <param name="HasEitherCase">Whether a letter is meant in either case.</param>
    /// <param name="HasOneCase">Whether a letter is meant in its own case only.</param>
    /// <param name="IsExact">Whether the run alone is a match.</param>
    private sealed record Run(IReadOnlyList<byte> Bytes, bool HasEitherCase, bool HasOneCase, bool IsExact)
    {
        public Run Then(Run next) =>
            new([.. Bytes, .. next.Bytes], HasEitherCase | next.HasEitherCase, HasOneCase | next.HasOneCase, IsExact & next.IsExact);

        public byte[] Lower() => [.. Bytes.Select(LetterCase.ToLower)];
    }

    private sealed class ByteArrayComparer : IEqualityComparer<byte[]>
    {
        public static ByteArrayComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Aggregate(17, (hash, value) => (hash * 31) + value);
    }
}
