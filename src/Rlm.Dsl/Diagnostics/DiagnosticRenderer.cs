using System.Text;

namespace Rlm;

/// <summary>Draws diagnostics for a person or a model: message, line, mark under the span, help.</summary>
public static class DiagnosticRenderer
{
    private const int MaxLineChars = 160;

    /// <summary>One diagnostic, without a final newline.</summary>
    /// <example>
    /// <code>
    /// error RLM2001: `cuont` is not an operator; did you mean `count`?
    ///  --> program:1:19
    ///   | context | lines | cuont
    ///   |                   ^^^^^
    ///   = help: write `| count`
    /// </code>
    /// </example>
    public static string Render(Diagnostic diagnostic, SourceText source)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        ArgumentNullException.ThrowIfNull(source);
        var position = source.PositionOf(diagnostic.Span.Start);
        var text = new StringBuilder();
        text.Append($"{Word(diagnostic.Severity)} {diagnostic.Id}: {diagnostic.Message}\n");
        text.Append($" --> {source.Name}:{position.Line}:{position.Column}\n");

        string line = source.LineAt(position.Line).Replace('\t', ' ');
        int column = position.Column - 1;
        // A long line is shown from a little before the span.
        int from = column > MaxLineChars - 40 ? column - 40 : 0;
        string shown = line.Substring(from, Math.Min(MaxLineChars, line.Length - from));
        int length = Math.Max(1, Math.Min(diagnostic.Span.Length, Math.Max(1, shown.Length - (column - from))));
        text.Append($"  | {shown}\n");
        text.Append($"  | {new string(' ', column - from)}{new string('^', length)}");
        if (diagnostic.Help is not null)
            text.Append($"\n  = help: {diagnostic.Help}");
        return text.ToString();
    }

    /// <summary>All diagnostics with a blank line between.</summary>
    public static string Render(IEnumerable<Diagnostic> diagnostics, SourceText source)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(source);
        return string.Join("\n\n", diagnostics.Select(diagnostic => Render(diagnostic, source)));
    }

    private static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "hint",
    };
}
