using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>A set of UTF-16 code units, as sorted ranges: what one unit of a regex matches.</summary>
/// <remarks>
/// The sets come from .NET's own engine, which is asked once about every code unit, so that classes, categories and letter case mean
/// exactly what they mean there.
/// </remarks>
internal sealed class CodeUnitSet : IEquatable<CodeUnitSet>
{
    private const int UnitCount = char.MaxValue + 1;
    private const int MaxKnown = 1_000;

    private static readonly Memo<(string Atom, RegexOptions Options), CodeUnitSet> Known = new();

    private static readonly string AllUnits = string.Create(UnitCount, 0, static (units, _) =>
    {
        for (int unit = 0; unit < units.Length; unit++)
            units[unit] = (char)unit;
    });

    private readonly (char First, char Last)[] _ranges;

    private CodeUnitSet((char First, char Last)[] ranges) => _ranges = ranges;

    public IReadOnlyList<(char First, char Last)> Ranges => _ranges;

    /// <summary>The only unit of the set; null where there are others or none.</summary>
    public char? Single => _ranges is [var (first, last)] && first == last ? first : null;

    /// <summary>The set's ASCII letter where it holds nothing but its two cases, in lower case.</summary>
    public char? EitherCase => _ranges is [var (upper, upperEnd), var (lower, lowerEnd)] && upper == upperEnd && lower == lowerEnd
        && char.IsAsciiLetterUpper(upper) && (upper | 0x20) == lower ? lower : null;

    public static CodeUnitSet Of(char unit) => new([(unit, unit)]);

    /// <summary>What an atom of a regex, such as <c>\w</c> or <c>[a-f]</c>, matches.</summary>
    /// <exception cref="ArgumentException">It is not an atom.</exception>
    public static CodeUnitSet Of(string atom, RegexOptions options)
    {
        if (Known.Count >= MaxKnown)
            Known.Clear();
        return Known.GetOrAdd((atom, options), static key => Ask(key.Atom, key.Options));
    }

    public bool Contains(char unit)
    {
        int low = 0, high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (unit < _ranges[middle].First)
                high = middle - 1;
            else if (unit > _ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    public bool Equals(CodeUnitSet? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as CodeUnitSet);

    public override int GetHashCode() => _ranges is [] ? 0 : HashCode.Combine(_ranges.Length, _ranges[0], _ranges[^1]);

    private static CodeUnitSet Ask(string atom, RegexOptions options)
    {
        var ranges = new List<(char, char)>();
        foreach (var match in new Regex($"(?:{atom})+", options).EnumerateMatches(AllUnits))
            ranges.Add(((char)match.Index, (char)(match.Index + match.Length - 1)));
        return new([.. ranges]);
    }
}
