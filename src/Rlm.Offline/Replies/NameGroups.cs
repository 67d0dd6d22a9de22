using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Offline.Replies;

/// <summary>Which names are of one thing, by their spelling alone: those that <c>group similar</c> puts together.</summary>
internal static class NameGroups
{
    public static string Answer(IReadOnlyList<(string Id, string Text)> names)
    {
        FoldedText[] folded = [.. names.Select(static name => FoldedText.Of(name.Text))];
        int[] counts = new int[folded.Length];
        Array.Fill(counts, 1);
        int[] centres = LikeTexts.FindCentres(folded, counts, OperatorCatalog.SimilarAbove, static () => { });
        var groups = Enumerable.Range(0, centres.Length).GroupBy(place => centres[place]).Where(static group => group.Count() > 1);
        return $"[{string.Join(", ", groups.Select(group => $"[{string.Join(", ", group.Select(place => names[place].Id))}]"))}]";
    }
}
