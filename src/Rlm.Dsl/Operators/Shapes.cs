namespace Rlm.Dsl.Operators;

/// <summary>Makes shapes, so that a signature reads like its usage line.</summary>
internal static class Shapes
{
    public static Shape Nothing { get; } = new SequenceShape([]);

    public static Shape Sequence(params Shape[] parts) => new SequenceShape(parts);

    /// <summary>The first of the alternatives that fits.</summary>
    public static Shape Choice(params Shape[] alternatives) => new ChoiceShape(alternatives);

    /// <summary>What may be left out, with what it does where it stands there.</summary>
    public static Shape Optional(string text, params Shape[] parts) => new OptionalShape(text, new SequenceShape(parts));

    /// <summary>Any of the parts, in any order, each with what it does.</summary>
    public static Shape AnyOrder(params (string Text, Shape Part)[] options) => new AnyOrderShape(options);

    /// <summary>A fixed word.</summary>
    public static Shape Word(string word) => new WordShape([word], null);

    /// <summary>One of some words, kept under a slot.</summary>
    public static Shape Words(Slot slot, params string[] words) => new WordShape(words, slot);

    /// <summary>A word whose presence is the argument.</summary>
    public static Shape Flag(Slot slot, params string[] words) => new FlagShape(slot, words.Length == 0 ? [slot.Name] : words);
}
