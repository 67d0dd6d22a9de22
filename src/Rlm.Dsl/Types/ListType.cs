namespace Rlm.Dsl.Types;

/// <summary><c>list of T</c>.</summary>
internal sealed record ListType(RlmType Item) : RlmType
{
    public override string ToString() => $"list of {Item}";
}
