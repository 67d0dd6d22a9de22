using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>An item that an expression sees, and the scope around it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Index">Its 0-based place.</param>
/// <param name="Siblings">The list it stands in, for <c>prev</c> and <c>next</c>; null where no expression asks for neighbours.</param>
/// <param name="Outer">The scope around; null outside any item.</param>
internal sealed record Scope(Value Item, int Index, IReadOnlyList<Value>? Siblings, Scope? Outer)
{
    /// <summary>The scope that many levels out.</summary>
    public Scope At(int depth)
    {
        var scope = this;
        for (; depth > 0; depth--)
            scope = scope.Outer!;
        return scope;
    }
}
