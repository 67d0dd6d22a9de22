using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>A C# type that has a counterpart in the language.</summary>
/// <param name="Name">The C# type, qualified.</param>
/// <param name="Notation">The language's type.</param>
/// <param name="IsReference">Whether a value may be null whatever the type says.</param>
internal abstract record HostType(string Name, string Notation, bool IsReference);

internal sealed record ScalarHostType(string Name, ScalarKind Kind) : HostType(Name, NotationOf(Kind), Kind == ScalarKind.Text)
{
    private static string NotationOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Text => "text",
        ScalarKind.Whole or ScalarKind.Number => "number",
        ScalarKind.Bool => "bool",
        _ => "date",
    };
}

/// <summary>Anything that can be enumerated; a parameter is an array or takes a <c>List</c>.</summary>
// `list of text?` would leave open which of the two may be none.
internal sealed record ListHostType(string Name, HostType Item, bool IsArray, bool TakesList, bool IsReference)
    : HostType(Name, Item is OptionalHostType ? $"list<{Item.Notation}>" : $"list of {Item.Notation}", IsReference);

/// <summary>A type with public properties.</summary>
internal sealed record RecordHostType(string Name, EquatableArray<HostProperty> Properties, bool IsReference)
    : HostType(Name, $"{{{string.Join(", ", Properties.Select(property => $"{property.Field}: {property.Type.Notation}"))}}}", IsReference);

/// <summary>A nullable type, of a value or a reference.</summary>
internal sealed record OptionalHostType(string Name, HostType Inner)
    : HostType(Name, Inner is ListHostType list ? $"list<{list.Item.Notation}>?" : $"{Inner.Notation}?", Inner.IsReference);

/// <param name="Name">The C# property.</param>
/// <param name="Field">The field of the language's record.</param>
/// <param name="Type">The type of both.</param>
internal sealed record HostProperty(string Name, string Field, HostType Type);
