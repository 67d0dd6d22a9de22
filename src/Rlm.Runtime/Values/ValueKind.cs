namespace Rlm.Runtime.Values;

/// <summary>The kinds of values, in the order in which unlike ones sort.</summary>
internal enum ValueKind
{
    Number,
    Duration,
    Date,
    Text,
    Bool,
    List,
    Record,
    None,
    Failed,
}
