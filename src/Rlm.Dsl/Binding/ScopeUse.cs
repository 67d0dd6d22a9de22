namespace Rlm.Dsl.Binding;

/// <summary>Whether an expression reads its item. A prompt that does not gets the item below it.</summary>
internal sealed class ScopeUse
{
    public bool IsRead { get; set; }
}
