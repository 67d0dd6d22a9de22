
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Answers with one value; null where the text holds none.</summary>
internal static class ScalarReply
{
    private const int ShortWords = 14;

    public static string? Answer(Item item, ReplyType type) => type.Kind switch
    {
        ReplyKind.Number => FindNearest(item, type, NumberReader.Read),
        ReplyKind.Date => FindNearest(item, type, DateReader.Read),
        ReplyKind.Bool => Judgement.IsTrue(item) ? "true" : "false",
        ReplyKind.Quote => Quote(item, type),
        ReplyKind.OneOf => LabelChooser.Choose(item, type.Labels),
        _ => TextReply.Answer(item),
    };

    /// <summary>The sentence that covers the topic best, exactly as it stands.</summary>
    private static string? Quote(Item item, ReplyType type)
    {
        Sentence? best = Passages.PickBest(item.Sentences, item.Scores, 1).FirstOrDefault();
        if (best is null)
            return type.IsOptional && item.Topic.Count > 0 ? null : item.Sentences.Count > 0 ? item.Sentences[0].Verbatim : null;
        return type.IsOptional && !item.Covers(best) ? null : best.Verbatim;
    }

    /// <summary>The value whose neighbours hold the most of the topic: each topic word in its sentence adds 1 / distance.</summary>
    /// <remarks>In a long text a value in a sentence without any topic word is not taken.</remarks>
    private static string? FindNearest(
        Item item, ReplyType type, Func<string, IReadOnlyList<Word>, List<(int WordIndex, string Value)>> read)
    {
        HashSet<string> topic = [.. item.Topic, .. Units(item.Instruction)];
        bool isShort = item.Sentences.Sum(static s => s.Words.Count) <= ShortWords;
        string? best = null;
        double bestScore = 0;
        foreach (Sentence sentence in item.Sentences)
        {
            foreach ((int index, string value) in read(item.Text, sentence.Words))
            {
                double score = item.Scores[sentence.Index] / 100;
                for (int i = 0; i < sentence.Words.Count; i++)
                {
                    if (i != index && topic.Contains(sentence.Words[i].Stem))
                        score += 1.0 / Math.Abs(i - index);
                }

                if (best is null && (isShort || !type.IsOptional && item.Topic.Count == 0) || score > bestScore)
                {
                    best = value;
                    bestScore = score;
                }
            }
        }

        return best;
    }

    private static IEnumerable<string> Units(string instruction) =>
        WordReader.Read(instruction).Where(WordLists.IsTopic).Select(static w => w.Stem);
}
