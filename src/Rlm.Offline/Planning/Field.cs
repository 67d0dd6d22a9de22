namespace Rlm.Offline.Planning;

/// <summary>A column that the rows seem to have.</summary>
/// <param name="Name">Its name in programs.</param>
/// <param name="Type"><c>text</c>, <c>number</c> or <c>date</c>.</param>
/// <param name="Values">What the preview shows in it.</param>
/// <param name="Pattern">A regex that captures it, where it does not stand after its name.</param>
internal sealed record Field(string Name, string Type, IReadOnlyList<string> Values, string? Pattern = null)
{
    public static Field Of(string name, IEnumerable<string> values)
    {
        List<string> seen = [.. values.Where(static v => v.Length > 0)];
        string type = seen.Count == 0 ? "text"
            : seen.TrueForAll(static v => decimal.TryParse(v, System.Globalization.CultureInfo.InvariantCulture, out _)) ? "number"
            : seen.TrueForAll(IsDate) ? "date"
            : "text";
        return new Field(name, type, seen);
    }

    private static bool IsDate(string value) =>
        value.Length is >= 8 and <= 40 && DateTime.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _);
}
