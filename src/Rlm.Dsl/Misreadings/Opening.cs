using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Misreadings;

/// <summary>A line whose first word is not one of ours, and that fails right behind it.</summary>
internal static class Opening
{
    public static string LineOf(FailurePlace place) => place.LineFrom(place.StatementStart).TrimEnd(';', ' ');

    /// <summary>The line behind its first word; null where that is not what fails.</summary>
    public static string? RestOf(FailurePlace place)
    {
        string first = place.FirstWord, line = LineOf(place);
        string rest = first.Length < line.Length ? line.Substring(first.Length).TrimStart(' ', ':', '=') : "";
        bool isSecond = place.Position <= place.StatementStart + first.Length + 1 || place.Preceding == first;
        bool isForeign = (isSecond || first == "answer") && first.Length > 0 && rest.Length > 0 && OperatorForms.Of(first).Count == 0 && place.Word != "|";
        return isForeign ? rest : null;
    }
}
