
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Answers a yes/no instruction about an item.</summary>
/// <remarks>
/// If the instruction names a label that the lexicon knows, as in "Is this negative?", the lexicon's words decide. Otherwise it is true
/// when at least half of the instruction's topic words occur in one sentence. Negation is seen by the lexicon only.
/// </remarks>
internal static class Judgement
{
    public static bool IsTrue(Item item)
    {
        foreach (Word word in WordReader.Read(item.Instruction))
        {
            string label = word.Text.ToLowerInvariant();
            if (label == "question" && !item.Topic.Any())
                return item.Text.Contains('?', StringComparison.Ordinal);
            if (LabelLexicon.Knows(label))
                return LabelLexicon.Score(label, item) > LabelLexicon.Score(LabelLexicon.Opposite(label), item);
        }

        return item.Sentences.Any(item.Covers);
    }
}
