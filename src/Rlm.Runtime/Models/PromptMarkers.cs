namespace Rlm.Runtime.Models;

/// <summary>The marks around the parts of a prompt, shared by whoever writes prompts and by the offline model that reads them.</summary>
/// <remarks>
/// Data from a context or a model stands only between marks, so that it reads as data. A mark that occurs inside data is
/// defused by <see cref="Defuse"/>.
/// </remarks>
internal static class PromptMarkers
{
    /// <summary>The question of a root turn; a prompt without it is a sub-call.</summary>
    public const string Question = "question";

    /// <summary>The cards of the variables: a head line <c>name: type, size</c>, then preview lines after <c>| </c>.</summary>
    public const string Variables = "variables";

    /// <summary>What the last program showed.</summary>
    public const string Result = "result";

    /// <summary>What is worth knowing of how the last results came about.</summary>
    public const string Notes = "notes";

    /// <summary>What was wrong with the last program.</summary>
    public const string Diagnostics = "diagnostics";

    /// <summary>Turn, calls, tokens and money left.</summary>
    public const string Budget = "budget";

    /// <summary>The item of a sub-call.</summary>
    public const string Data = "data";

    /// <summary>The rows of a packed sub-call, each line group opened by <c>[id] </c>.</summary>
    public const string Rows = "rows";

    /// <summary>The type of the reply in the language's own notation, such as <c>one of ["spam", "ham"]</c> or <c>list of {name: text}</c>.</summary>
    public const string Reply = "reply";

    /// <summary>Wraps <paramref name="content"/> in the mark, each mark on a line of its own.</summary>
    public static string Wrap(string mark, string content) => $"<{mark}>\n{Defuse(content)}\n</{mark}>";

    /// <summary>The content of the last occurrence of the mark, or null.</summary>
    public static string? Unwrap(string text, string mark)
    {
        string open = $"<{mark}>\n", close = $"\n</{mark}>";
        int end = text.LastIndexOf(close, StringComparison.Ordinal);
        if (end < 0)
            return null;

        int start = text.LastIndexOf(open, end, StringComparison.Ordinal);
        return start < 0 ? null : start + open.Length >= end ? "" : text[(start + open.Length)..end];
    }

    /// <summary>Breaks closing marks inside data, so that data cannot end its own frame.</summary>
    public static string Defuse(string data) => data.Contains("</", StringComparison.Ordinal)
        ? data.Replace("</", "<\u200B/", StringComparison.Ordinal)
        : data;
}
