namespace Rlm.Dsl.Types;

/// <summary>What types are made of others.</summary>
internal static class TypeRules
{
    /// <summary>What sums and means of values are: a duration of durations, else a number.</summary>
    public static RlmType Amount(RlmType value) => value.Required == RlmType.Duration ? RlmType.Duration : RlmType.Number;

    /// <summary>The type of a value that is of one type or the other.</summary>
    public static RlmType Common(RlmType first, RlmType second)
    {
        if (first == second)
            return first;
        if (first == RlmType.None)
            return second.OrNone;
        if (second == RlmType.None)
            return first.OrNone;
        if (first.Required == second.Required)
            return first.OrNone;
        if (first.IsTextual && second.IsTextual)
            return first is OptionalType || second is OptionalType ? RlmType.Text.OrNone : RlmType.Text;
        return RlmType.Unknown;
    }

    /// <summary>The row that fields are added to: a record as it is, a text as <c>{text}</c>, another scalar as <c>{value}</c>.</summary>
    public static RecordType RowOf(RlmType item) => item.Required switch
    {
        RecordType record => record with { Alias = null },
        var other when other.IsTextual => new RecordType([new("text", other)]) { TextField = "text" },
        var other when other == RlmType.Unknown => new RecordType([]) { IsOpen = true },
        var other => new RecordType([new("value", other)]),
    };

    /// <summary>
    /// The field that a name means: <c>key</c> is the only key of a group or count row; blanks and line ends of a header are folded, and a
    /// dot at its end is its own or a sentence's.
    /// </summary>
    public static string FieldNameOf(RecordType row, string name)
    {
        if (row.Find(name) is not null)
            return name;
        if (name == "key" && row.KeyField is { } key)
            return key;

        string folded = NormalizeName(name);
        string[] alike = [.. row.Fields.Select(field => field.Name).Where(field => NormalizeName(field) == folded)];
        return alike.Length == 1 ? alike[0] : name;
    }

    /// <summary>The field that a name means where it can mean nothing else, the origin of a computed key included.</summary>
    public static string MemberNameOf(RecordType row, string name) =>
        FieldNameOf(row, name) is var field && row.Find(field) is null && row.FindKeyBy(name) is { } key ? key : field;

    // All fields of a row are asked for each name that it lacks, and hardly one has anything to fold.
    private static string NormalizeName(string name) => name is [.., not '.'] && !name.Any(char.IsWhiteSpace)
        ? name
        : string.Join(" ", name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
