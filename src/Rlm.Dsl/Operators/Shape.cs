namespace Rlm.Dsl.Operators;

/// <summary>
/// What may follow an operator's head word. The parser, the usage lines and the exported grammars are made from it, so that a
/// form is written down once.
/// </summary>
internal abstract record Shape;

internal sealed record SequenceShape(IReadOnlyList<Shape> Parts) : Shape;

internal sealed record ChoiceShape(IReadOnlyList<Shape> Alternatives) : Shape;

/// <param name="Text">What it does where it stands there, for the help.</param>
/// <param name="Inner">What may stand there.</param>
internal sealed record OptionalShape(string Text, Shape Inner) : Shape;

/// <param name="Options">What may stand there, each with what it does.</param>
internal sealed record AnyOrderShape(IReadOnlyList<(string Text, Shape Part)> Options) : Shape
{
    public IReadOnlyList<Shape> Parts { get; } = [.. Options.Select(option => option.Part)];
}

/// <param name="Alternatives">The words, one of which must stand there.</param>
/// <param name="Slot">The slot that keeps the word; null for a word that is only punctuation.</param>
internal sealed record WordShape(IReadOnlyList<string> Alternatives, Slot? Slot) : Shape;

/// <param name="Slot">The slot that is filled when the words stand there.</param>
/// <param name="Words">The words, all of them in order.</param>
internal sealed record FlagShape(Slot Slot, IReadOnlyList<string> Words) : Shape;

/// <param name="Slot">The slot, whose kind says what fills it.</param>
internal sealed record SlotShape(Slot Slot) : Shape;
