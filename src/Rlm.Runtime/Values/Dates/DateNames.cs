namespace Rlm.Runtime.Values.Dates;

/// <summary>The English names of months and weekdays, whole or by three letters or more.</summary>
internal static class DateNames
{
    private const int LeastLetters = 3;

    /// <summary>January first.</summary>
    public static IReadOnlyList<string> Months { get; } =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Monday first.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>The 1-based place of the name that a text begins with; 0 for none.</summary>
    /// <param name="names">The names.</param>
    /// <param name="text">The text.</param>
    /// <param name="length">How many letters the name has: the whole, three, or the four of <c>Sept</c> and the like.</param>
    public static int Find(IReadOnlyList<string> names, ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        while (length < text.Length && char.IsAsciiLetter(text[length]))
            length++;
        if (length < LeastLetters)
            return 0;

        for (int i = 0; i < names.Count; i++)
        {
            if (length <= names[i].Length && (length == names[i].Length || length <= LeastLetters + 1)
                && names[i].AsSpan(0, length).Equals(text[..length], StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return 0;
    }
}
