using Rlm.Dsl.Diagnostics;

namespace Rlm.Dsl.Parsing;

internal static partial class MisreadForm
{
    /// <summary>A token that a quote touches: the string ended before it was meant to, or a sign stands before it.</summary>
    private static Diagnostic? OfString(FailurePlace place)
    {
        if (place.Position == place.StatementStart || place.IsAtEnd)
            return null;

        if (place.Word is "\"" or "'" && place.Preceding is "f" or "r" or "b" && place.Text[place.Position - 1] == place.Preceding[0])
        {
            return place.Preceding == "f"
                ? At(place, "a string has no `f` before it", "every string has holes: `\"… {hole} …\"`")
                : At(place, $"a string has no `{place.Preceding}` before it", $"write `{(place.Head?.Word is "grep" or "split" or "extract" ? place.Head?.Word + " " : "")}/{QuotedAt(place.Rest, 0)?.Text.Replace("/", "\\/") ?? "…"}/`");
        }

        if (place.Word == "‘")
            return At(place, "a string stands in straight quotes", place.Rest.IndexOf('’') is > 1 and var close ? $"write `\"{place.Rest.Substring(1, close - 1)}\"`" : "write `\"…\"`");

        char quote = place.Text[place.Position - 1];
        if (quote is not ('"' or '\'') || !(Lexemes.IsWordStart(place.Word[0]) || char.IsDigit(place.Word[0])))
            return null;

        int start = place.Position < 2 ? -1 : place.Text.LastIndexOf(quote, place.Position - 2, place.Position - 1 - place.StatementStart);
        if (start < 0)
            return null;

        // What the string was to hold: up to the line's last such quote before options or the next stage.
        string line = LineFrom(place, start + 1);
        int stage = line.IndexOf($"{quote} |", StringComparison.Ordinal), option = line.IndexOf($"{quote} as ", StringComparison.Ordinal);
        int end = option >= 0 && (stage < 0 || option < stage) ? option : stage >= 0 ? stage : line.LastIndexOf(quote);
        string text = end > place.Position - start - 1 ? line.Substring(0, end) : "…";
        return At(place, $"the `{quote}` before it ends the string",
            quote == '"' ? $"write `\"{text.Replace("\\\"", "\"").Replace("\"", "\\\"")}\"`" : $"write `\"{text.Replace("\"", "\\\"")}\"`");
    }

    /// <summary>The string that opens at or behind a place of a line, and where it ends.</summary>
    private static (string Text, int End)? QuotedAt(string line, int position)
    {
        int open = line.IndexOfAny(['"', '\''], position);
        int close = open < 0 ? -1 : line.IndexOf(line[open], open + 1);
        return close < 0 ? null : (line.Substring(open + 1, close - open - 1), close + 1);
    }
}
