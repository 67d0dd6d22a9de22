using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>
/// The field that a name can only mean where rows have none of that name: in other letters or signs (<c>userId</c> of <c>user_id</c>), without its unit
/// (<c>Betrag</c> of <c>Betrag (EUR)</c>), or what other languages call the value of a fold (<c>avg</c>, <c>n</c>, <c>sum_x</c>), and <c>it</c> for the key of a count by it.
/// </summary>
internal static class MeantField
{
    private static readonly Regex UnitAtEnd = new(@"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*$", RegexOptions.CultureInvariant);

    /// <summary>What the values of folds are called besides, where only one of the row's can be meant.</summary>
    private static readonly (string Names, string[] Folds)[] CalledBesides =
    [
        ("n cnt num freq frequency occurrences counts size", ["count"]),
        ("total totals", ["count", "sum"]),
    ];

    /// <summary>The item that has the field, how many levels out that is, and the field; null where none is meant.</summary>
    public static (ItemScope Level, int Depth, string Field)? Find(ItemScope? scope, string name)
    {
        int depth = 0;
        for (var level = scope; level is not null; level = level.Outer, depth++)
        {
            if (level is { HasFields: true, Item.Required: RecordType row } && Find(row, name) is { } field)
                return (level, depth, field);
        }

        return null;
    }

    /// <summary>The field of a row; null where none is meant, or one of several may be.</summary>
    public static string? Find(RecordType row, string name)
    {
        if (row.IsOpen)
            return null;

        string letters = LettersOf(name);
        return letters.Length == 0 ? null
            : OneOf(row, field => LettersOf(field.Name) == letters, out string? alike) ? alike
            : OneOf(row, field => UnitAtEnd.Match(field.Name) is { Success: true } unit && LettersOf(field.Name.Remove(unit.Index)) == letters, out string? bare) ? bare
            : OneOf(row, field => IsFoldCalled(field, name.ToLowerInvariant()), out string? fold) ? fold
            : name == "it" ? row.Find("key")?.Name
            : null;
    }

    /// <summary>Whether some field is meant; the name is null where several may be.</summary>
    private static bool OneOf(RecordType row, Func<FieldType, bool> isMeant, out string? name)
    {
        string[] meant = [.. row.Fields.Where(isMeant).Select(field => field.Name)];
        name = meant is [var only] ? only : null;
        return meant.Length > 0;
    }

    private static bool IsFoldCalled(FieldType field, string name)
    {
        if (field.Fold is not var (fold, folded))
            return false;

        bool IsFold(string word) => FunctionSynonyms.Canonical(word) == fold || word == fold
            || CalledBesides.Any(row => row.Folds.Contains(fold) && row.Names.Split(' ').Contains(word));
        if (IsFold(name) || folded is null)
            return IsFold(name);

        string of = folded.ToLowerInvariant();
        return name == of
            || (name.EndsWith($"_{of}", StringComparison.Ordinal) && IsFold(name.Remove(name.Length - of.Length - 1)))
            || (name.StartsWith($"{of}_", StringComparison.Ordinal) && IsFold(name.Substring(of.Length + 1)));
    }

    private static string LettersOf(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
