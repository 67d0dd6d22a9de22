using System.Text.RegularExpressions;

namespace Rlm.Offline.Planning;

/// <summary>The labels that a question says rows fall under.</summary>
internal sealed partial record LabelRequest(IReadOnlyList<string> Labels, string Notation)
{
    private static readonly string[][] Known = [["spam", "ham"], ["positive", "negative", "neutral"]];

    public static LabelRequest? Find(Question question, IReadOnlyList<Card> cards, RowShape shape)
    {
        if (!question.Has(@"\blabel|classif|categor|sentiment|\bspam\b|\bham\b|\bpositive\b|\bnegative\b"))
            return null;
        if (cards.FirstOrDefault(static c => c.Name is "labels" or "categories") is { Preview.Count: > 0 } given)
            return new LabelRequest([.. given.Preview.Select(static p => p.Trim())], given.Name);

        string[]? known = Array.Find(Known, set => set.Any(l => question.Has($@"\b{l}\b")));
        string[] labels = question.Phrases.Count > 1 && question.Has("labels|categor|classif|one of")
            ? [.. question.Phrases.Distinct(StringComparer.Ordinal)]
            : Bracketed.Match(question.Text) is { Success: true } list
                ? [.. list.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : known ?? (question.Has("sentiment") ? Known[1] : []);
        bool isColumn = labels.Any(l => shape.Fields.Any(f => f.Values.Contains(l)));
        return labels.Length < 2 || isColumn ? null : new LabelRequest(labels, $"[{string.Join(", ", labels.Select(ProgramText.Quote))}]");
    }

    [GeneratedRegex(@"\[([^\[\]\n]+,[^\[\]\n]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed { get; }
}
