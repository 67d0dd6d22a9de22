using Rlm.Files.Office;

namespace Rlm.Files.Slides;

/// <summary>Writes numbers of items as DrawingML names them (ECMA-376, 20.1.10.61): <c>alphaLcParenR</c> is <c>a)</c>.</summary>
internal static class SlideNumber
{
    private static readonly (string Ending, string Before, string Behind)[] Ways =
        [("ParenBoth", "(", ")"), ("ParenR", "", ")"), ("Period", "", "."), ("Plain", "", "")];

    /// <summary>The number as it is shown; null where the kind is not known.</summary>
    public static string? Write(int number, string kind)
    {
        foreach (var (ending, before, behind) in Ways)
        {
            if (kind.EndsWith(ending, StringComparison.Ordinal) && FormatOf(kind[..^ending.Length]) is { } format
                && ItemNumber.Write(number, format) is { } shown)
                return before + shown + behind;
        }

        return null;
    }

    private static string? FormatOf(string kind) => kind switch
    {
        "arabic" => "decimal",
        "arabicDb" => "decimalFullWidth",
        "alphaLc" => "lowerLetter",
        "alphaUc" => "upperLetter",
        "romanLc" => "lowerRoman",
        "romanUc" => "upperRoman",
        "circleNumDb" or "circleNumWdWhite" => "decimalEnclosedCircle",
        "ea1Chs" or "ea1Cht" or "ea1JpnKor" or "ea1JpnChsDb" => "japaneseCounting",
        _ => null,
    };
}
