
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>One item of a sub-call, read once, and what is asked of it.</summary>
internal sealed class Item
{
    public Item(string instruction, string text)
    {
        Instruction = instruction;
        Text = text;
        Sentences = SentenceReader.Read(text);
        Topic = Passages.Topic(instruction);
        Scores = Passages.Score(Sentences, Topic);
    }

    private Item(string instruction, Item read)
    {
        Instruction = instruction;
        Text = read.Text;
        Sentences = read.Sentences;
        Topic = Passages.Topic(instruction);
        Scores = Passages.Score(Sentences, Topic);
    }

    public string Instruction { get; }

    public string Text { get; }

    public IReadOnlyList<Sentence> Sentences { get; }

    /// <summary>Stems of the instruction's topic words.</summary>
    public IReadOnlyList<string> Topic { get; }

    public double[] Scores { get; }

    public Item With(string instruction) => new(instruction, this);

    /// <summary>Whether at least half of the topic words, rounded up, occur in the sentence.</summary>
    public bool Covers(Sentence sentence) =>
        Topic.Count > 0 && 2 * Topic.Count(stem => sentence.Words.Any(word => word.Stem == stem)) >= Topic.Count;
}
