using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>What other languages write and this one does not have, with what to write here instead.</summary>
internal static partial class MisreadForm
{
    private static readonly Regex ArgumentPlace = new("\\bx\\b", RegexOptions.CultureInvariant);

    /// <summary>What to write instead of a stage or function that other languages have.</summary>
    public static string? OfStage(string word) => Stages.TryGetValue(word, out string? help) ? help : null;

    /// <summary>What to write instead of a call, with the call's own arguments where the help has a place for them.</summary>
    public static string? OfCall(string name, IReadOnlyList<string> arguments)
    {
        if (name.ToLowerInvariant() is "final" or "final_var" or "output" or "finish" or "submit" && arguments.Count > 0)
            return $"write `answer {arguments[0]}`";
        if (name is "print" or "show" or "display" or "echo" && arguments.Count > 0)
            return $"write `{arguments[0]}`: a pipeline's value is shown";
        if (OfStage(name) is not { } help || arguments.Count == 0 || !help.StartsWith("write `", StringComparison.Ordinal) || arguments.Any(argument => argument.Length > 60))
            return OfStage(name);

        string own = ArgumentPlace.Replace(help, _ => arguments[0]);
        if (name.ToLowerInvariant() is "substring" or "substr" or "left" or "right" && arguments.Count > 1)
            return $"write `{(name.ToLowerInvariant() switch { "left" => "first", "right" => "last", _ => "slice" })}({string.Join(", ", arguments)})`";
        return arguments.Count < 2 ? own : own.Replace("\"…\"", arguments[1]).Replace("/…/", arguments[1]);
    }

    /// <summary>What a whole statement in another language is told.</summary>
    public static Diagnostic? OfStatement(FailurePlace place)
    {
        string line = place.Source.LineAt(place.Source.PositionOf(place.StatementStart).Line);
        int column = place.Source.PositionOf(place.StatementStart).Column - 1;
        string start = column < line.Length ? line.Substring(column) : "";
        if (start.StartsWith("```", StringComparison.Ordinal))
            return Whole(place, 3, "a fence is not part of the program", "leave the lines with ``` out");

        if (start.StartsWith("/*", StringComparison.Ordinal))
            return Whole(place, 2, "a comment starts with `#`", $"write `# {start.Substring(2).Split(["*/"], StringSplitOptions.None)[0].Trim()}` on a line of its own");

        string first = place.FirstWord;
        if (first is "const" or "var" or "set" && place.Preceding == first)
            return Whole(place, first.Length, $"`{first}` is not a keyword; a value is named with `let`", $"write `let {start.Substring(first.Length).Trim(' ', ';')}`");
        if (first is "if" && place.Word is "answer" or "let" or ":" or "assert" or "{")
            return Whole(place, 2, "`if` picks a value and holds no statements", "write `answer if CONDITION then VALUE else VALUE`");
        if (first is "answer" or "let" && place.Word is "=" or ":" && place.Preceding == "answer")
            return At(place, $"`answer` takes the value without `{place.Word}`", $"write `answer {start.Substring("answer".Length).Trim(' ', ':', '=')}`");
        if (string.Equals(first, "select", StringComparison.OrdinalIgnoreCase) && start.IndexOf(" from ", StringComparison.OrdinalIgnoreCase) > 0)
            return Whole(place, first.Length, "a query starts with its list, and its stages follow", "write `context | lines | where it contains \"…\"`, or `rows | where a == 1 | select a, b`");

        return Statements.TryGetValue(first, out var misread) && place.Position <= place.StatementStart + start.Length && !IsNameThere(place, first)
            ? Whole(place, first.Length, misread.Message, misread.Help)
            : null;
    }

    // `for | lines` is a variable's name.
    private static bool IsNameThere(FailurePlace place, string first) =>
        place.StatementStart + first.Length is var end && place.Source.Content.Substring(end).TrimStart() is { Length: > 0 } rest && rest[0] is '|';

    private static Diagnostic Whole(FailurePlace place, int length, string message, string help) =>
        new(DslDiagnostics.Unexpected, new SourceSpan(place.StatementStart, length), message, help);

    private static Diagnostic At(FailurePlace place, string message, string? help) => new(DslDiagnostics.Unexpected, place.Span, message, help);
}
