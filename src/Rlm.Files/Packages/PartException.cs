namespace Rlm.Files.Packages;

/// <summary>A part of a package is missing, damaged or too large.</summary>
internal sealed class PartException : IOException
{
    public PartException(string message)
        : base(message)
    {
    }

    public PartException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public static string ToOneLine(Exception exception) => ToOneLine(exception.Message);

    public static string ToOneLine(string message)
    {
        const int most = 120;
        string line = string.Concat(message.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))).TrimEnd('.', ' ');
        return line.Length <= most ? line : $"{line[..most]}…";
    }
}
