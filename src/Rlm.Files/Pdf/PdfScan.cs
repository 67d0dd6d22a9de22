using UglyToad.PdfPig.Content;

namespace Rlm.Files.Pdf;

/// <summary>Tells pages that are an image with hardly a word on it, such as a scan with a stamped number.</summary>
internal static class PdfScan
{
    private const double Share = 0.9;
    private const int MostSigns = 80;

    public static bool Is(Page page, string text) => page.NumberOfImages > 0 && text.Count(char.IsLetterOrDigit) < MostSigns
        && (text.Length == 0 || page.GetImages().Sum(image => AreaOf(image, page)) >= Share * page.Width * page.Height);

    /// <summary>The area that an image covers of its page.</summary>
    private static double AreaOf(IPdfImage image, Page page)
    {
        var box = image.BoundingBox;
        double width = Math.Min(box.Right, page.Width) - Math.Max(box.Left, 0);
        double height = Math.Min(box.Top, page.Height) - Math.Max(box.Bottom, 0);
        return Math.Max(0, width) * Math.Max(0, height);
    }
}
