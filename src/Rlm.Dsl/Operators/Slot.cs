namespace Rlm.Dsl.Operators;

/// <summary>
/// A place of an operator's shape. The shape is built from it, the grammar fills it, and a bound stage is asked by it for what fills it.
/// There is one object for each: see <see cref="Slots"/>.
/// </summary>
internal abstract class Slot(string name, SlotKind kind)
{
    /// <summary>The name, by which other languages may name the argument, and which usage lines show.</summary>
    public string Name => name;

    public SlotKind Kind => kind;

    /// <summary>The least amount that it takes.</summary>
    public int Least { get; init; }

    /// <summary>The greatest amount that it takes; null for any.</summary>
    public int? Most { get; init; }

    /// <summary>Whether an amount is in its range.</summary>
    public bool HasInRange(decimal amount) => amount >= Least && !(amount > Most);

    /// <summary>Its range as messages name it, from the side on which the amount is.</summary>
    public string DescribeRange(decimal amount) => kind == SlotKind.Place ? "from either end" : amount > Most ? Invariant($"of at most {Most}") : Invariant($"of at least {Least}");

    /// <summary>Whether its expression is bound over the item; any other is bound where the pipeline stands.</summary>
    public bool SeesItem => kind is SlotKind.Expression or SlotKind.Condition or SlotKind.OptionalCondition;

    /// <summary>Whether it names a field that the stage reads.</summary>
    public bool NamesField => kind is SlotKind.FieldName or SlotKind.SourceField;

    /// <summary>Whether a stage that is asked by the slot finds the value.</summary>
    public abstract bool Takes(object value);

    public static implicit operator Shape(Slot slot) => new SlotShape(slot);

    public override string ToString() => name;
}

/// <typeparam name="T">What fills it, once it is bound.</typeparam>
internal sealed class Slot<T>(string name, SlotKind kind) : Slot(name, kind)
    where T : class
{
    public override bool Takes(object value) => value is T;
}
