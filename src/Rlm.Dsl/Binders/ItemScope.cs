using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>The item that names refer to, and the scope around it. One for each scope that the interpreter makes.</summary>
/// <param name="Item">The item's type.</param>
/// <param name="Outer">The scope around; null outside any item.</param>
internal sealed record ItemScope(RlmType Item, ItemScope? Outer)
{
    /// <summary>The name that <c>name =&gt;</c> gives the item.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether the item is the group that aggregates run over.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Remembers whether a name was resolved to the item; shared by the copies that name the item.</summary>
    public ScopeUse Use { get; } = new();

    /// <summary>Whether the scope's names are fields of the item; not for a list that is asked about as a whole.</summary>
    public bool HasFields { get; init; } = true;
}

/// <summary>Whether an expression reads its item. A prompt that does not gets the item below it.</summary>
internal sealed class ScopeUse
{
    public bool IsRead { get; set; }
}
