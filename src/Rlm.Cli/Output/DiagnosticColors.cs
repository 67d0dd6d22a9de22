namespace Rlm.Cli.Output;

/// <summary>Colours rendered diagnostics line by line.</summary>
internal static class DiagnosticColors
{
    private const string Reset =
        "\u001b[0m", Red = "\u001b[1;31m", Yellow = "\u001b[1;33m", Blue = "\u001b[1;34m", Dim = "\u001b[2m", Green = "\u001b[32m";

    public static string Paint(string rendered) => string.Join('\n', rendered.Split('\n').Select(PaintLine));

    private static string PaintLine(string line)
    {
        if (line.StartsWith(" --> ", StringComparison.Ordinal))
            return Dim + line + Reset;
        if (line.StartsWith("  = help: ", StringComparison.Ordinal))
            return Green + line + Reset;
        if (line.StartsWith("  | ", StringComparison.Ordinal) && line.Length > 4 && line.AsSpan(4).TrimStart(' ').TrimEnd('^').IsEmpty)
            return Red + line + Reset;

        string? color = line.StartsWith("error ", StringComparison.Ordinal) ? Red
            : line.StartsWith("warning ", StringComparison.Ordinal) ? Yellow
            : line.StartsWith("hint ", StringComparison.Ordinal) ? Blue : null;
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return color is null || colon < 0 ? line : $"{color}{line[..colon]}{Reset}{line[colon..]}";
    }
}
