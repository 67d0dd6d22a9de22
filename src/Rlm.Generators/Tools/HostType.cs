using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>A C# type that has a counterpart in the language.</summary>
/// <param name="Name">The C# type, qualified.</param>
/// <param name="Notation">The language's type.</param>
/// <param name="IsReference">Whether a value may be null whatever the type says.</param>
internal abstract record HostType(string Name, string Notation, bool IsReference)
{
    /// <summary>The type without a mark for what may be null.</summary>
    public virtual HostType Required => this;

    // `list of text?` would leave open which of the two may be none.
    protected static string ListOf(HostType item) =>
        item is OptionalHostType || item.Notation.EndsWith("?", StringComparison.Ordinal) ? $"list<{item.Notation}>" : $"list of {item.Notation}";
}

internal sealed record ScalarHostType(string Name, ScalarKind Kind) : HostType(Name, NotationOf(Kind), Kind is ScalarKind.Text or ScalarKind.Uri)
{
    private static string NotationOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Text or ScalarKind.Char or ScalarKind.Guid or ScalarKind.Uri => "text",
        ScalarKind.Whole or ScalarKind.Number => "number",
        ScalarKind.Bool => "bool",
        ScalarKind.TimeSpan => "duration",
        _ => "date",
    };
}

/// <summary>An enumeration: its members are labels.</summary>
internal sealed record LabelHostType(string Name, EquatableArray<string> Members)
    : HostType(Name, $"one of [{string.Join(", ", Members.Select(member => $"\"{member}\""))}]", IsReference: false);

/// <summary>Anything that can be enumerated; one that is made is an array or a <c>List</c>.</summary>
internal sealed record ListHostType(string Name, HostType Item, bool IsArray, bool IsReference)
    : HostType(Name, ListOf(Item), IsReference);

/// <summary>A dictionary: a list of rows with a key and a value.</summary>
internal sealed record DictionaryHostType(string Name, HostType Key, HostType Value, bool IsReference)
    : HostType(Name, $"list of {{key: {Key.Notation}, value: {Value.Notation}}}", IsReference);

/// <summary>A type with public properties, or a tuple.</summary>
/// <param name="Name">The C# type, qualified.</param>
/// <param name="Properties">The properties, base classes' first.</param>
/// <param name="Creation">How a value is made of its properties; null where none is.</param>
/// <param name="IsReference">Whether a value may be null whatever the type says.</param>
internal sealed record RecordHostType(string Name, EquatableArray<HostProperty> Properties, HostCreation? Creation, bool IsReference)
    : HostType(Name, $"{{{string.Join(", ", Properties.Select(property => $"{property.Field}: {property.Type.Notation}"))}}}", IsReference);

/// <summary>A nullable type, of a value or a reference.</summary>
internal sealed record OptionalHostType(string Name, HostType Inner)
    : HostType(Name, Inner.Notation.StartsWith("list of ", StringComparison.Ordinal)
        ? $"list<{Inner.Notation.Substring("list of ".Length)}>?"
        : $"{Inner.Notation}?", Inner.IsReference)
{
    public override HostType Required => Inner;
}

/// <summary>What a method without a result gives: nothing.</summary>
internal sealed record NothingHostType() : HostType("void", "none", IsReference: false);

/// <param name="Name">The C# property.</param>
/// <param name="Field">The field of the language's record.</param>
/// <param name="Type">The type of both.</param>
internal sealed record HostProperty(string Name, string Field, HostType Type);

/// <summary>How a value of a record's type is made.</summary>
/// <param name="Arguments">The places of the properties that its constructor takes, in the constructor's order.</param>
/// <param name="Assigned">The places of the properties that are assigned after it.</param>
/// <param name="IsTuple">Whether it is a tuple, which has no constructor to call by a name.</param>
internal sealed record HostCreation(EquatableArray<int> Arguments, EquatableArray<int> Assigned, bool IsTuple);
