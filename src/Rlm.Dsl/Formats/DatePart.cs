namespace Rlm.Dsl.Formats;

/// <summary>A part of a <see cref="DatePattern"/>.</summary>
/// <param name="Field">What it stands for.</param>
/// <param name="Width">The least digits of a number, the digits of a fraction.</param>
internal sealed record DatePart(DateField Field, int Width = 1)
{
    /// <summary>
    /// A literal's text, or the form of an offset: <c>+HHmm</c>, <c>+HH:mm</c>, <c>Z</c>, <c>K</c>, <c>+HH</c>, <c>+H</c>.
    /// </summary>
    public string Text { get; init; } = "";

    /// <summary>What fills a number up to its width.</summary>
    public char Fill { get; init; } = '0';

    /// <summary>Whether letters are all upper case.</summary>
    public bool IsUpper { get; init; }

    /// <summary>Whether letters are all lower case.</summary>
    public bool IsLower { get; init; }

    /// <summary>Whether a fraction loses the zeros at its end.</summary>
    public bool IsTrimmed { get; init; }

    public bool IsNumber => Field is not (DateField.Literal or DateField.MonthName or DateField.MonthAbbreviation or DateField.OrdinalDay
        or DateField.WeekdayName or DateField.WeekdayAbbreviation or DateField.HalfDay or DateField.Offset or DateField.ZoneName);

    public static DatePart OfText(string text) => new(DateField.Literal) { Text = text };
}
