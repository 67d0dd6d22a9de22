namespace Rlm.Runtime.Answers;

/// <summary>A part of the shape that an answer must have, as a JSON schema says it.</summary>
internal abstract record ShapeNode
{
    /// <summary>Whether none is a value of it.</summary>
    public bool AllowsNone { get; init; }
}

/// <summary>Whatever there is.</summary>
internal sealed record AnyShape : ShapeNode;

/// <summary>A text, which may have to be of a form.</summary>
internal sealed record TextShape(TextForm Form) : ShapeNode;

/// <summary>A number.</summary>
/// <param name="IsWhole">Whether it has no fraction.</param>
internal sealed record NumberShape(bool IsWhole) : ShapeNode;

/// <summary>True or false.</summary>
internal sealed record BoolShape : ShapeNode;

/// <summary>One of several texts.</summary>
/// <param name="Labels">The texts.</param>
/// <param name="Json">What stands in JSON for each of them.</param>
internal sealed record LabelShape(IReadOnlyList<string> Labels, IReadOnlyList<string> Json) : ShapeNode;

/// <summary>A list.</summary>
internal sealed record ListShape(ShapeNode Item) : ShapeNode;

/// <summary>A record of named fields; others that it has are left out.</summary>
internal sealed record RecordShapeNode(IReadOnlyList<ShapeField> Fields) : ShapeNode
{
    /// <summary>The .NET type; null for none.</summary>
    public string? TypeName { get; init; }
}

/// <summary>Values by name.</summary>
internal sealed record MapShape(ShapeNode Value) : ShapeNode;

/// <summary>The first of several shapes that fits.</summary>
internal sealed record UnionShape(IReadOnlyList<ShapeNode> Options) : ShapeNode;

/// <summary>A shape that is written elsewhere, as one that holds itself.</summary>
internal sealed record NamedShape(Lazy<ShapeNode> Target) : ShapeNode;

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Value">Its shape.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record ShapeField(string Name, ShapeNode Value, bool IsRequired)
{
    /// <summary>Whether who writes the record may leave it out.</summary>
    public bool MayBeLeftOut { get; init; }
}

/// <summary>How a text of a shape is written.</summary>
internal enum TextForm
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>A day, <c>2026-03-01</c>.</summary>
    Day,

    /// <summary>A day and a time, <c>2026-03-01T09:05:00</c>.</summary>
    Time,

    /// <summary>The same with its offset; without one it is UTC.</summary>
    TimeWithOffset,

    /// <summary>A time of day, <c>09:05:00</c>.</summary>
    Clock,

    /// <summary>A duration as ISO 8601 writes it, <c>PT2H</c>.</summary>
    Duration,

    /// <summary>A duration as .NET writes it, <c>02:00:00</c>.</summary>
    TimeSpan,
}
