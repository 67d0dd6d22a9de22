namespace Rlm.Conformance.Oolong;

/// <summary>A row of labelled text as OOLONG shows it, without its label.</summary>
internal sealed record LabelledRow(DateOnly Date, string User, string Text, string Label)
{
    public string Line => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Date: {Date:MMM dd, yyyy} || User: {User} || Instance: {Text}");
}
