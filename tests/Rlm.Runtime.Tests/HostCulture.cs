using System.Globalization;

namespace Rlm.Runtime.Tests;

/// <summary>A host's culture, until it is disposed. They are built by hand, since the tests run without the system's tables.</summary>
internal sealed class HostCulture : IDisposable
{
    public static readonly string[] Names = ["de-DE", "ar-SA"];

    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public HostCulture(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (numbers, dates) = (culture.NumberFormat, culture.DateTimeFormat);
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign) = name switch
        {
            "de-DE" => (",", ".", "-"),
            "ar-SA" => ("٫", "٬", "\u061c-"),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        (numbers.PercentDecimalSeparator, numbers.PercentGroupSeparator) = (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator);
        (dates.DateSeparator, dates.TimeSeparator, dates.AMDesignator, dates.PMDesignator) = name == "de-DE"
            ? (".", ":", "", "")
            : ("/", ".", "ص", "م");
        dates.ShortDatePattern = "dd/MM/yyyy";
        CultureInfo.CurrentCulture = culture;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
