namespace Rlm.Dsl.Operators;

/// <summary>The groups of docs/specification.md, section 1.</summary>
internal enum OperatorFamily
{
    Look,
    Cut,
    Find,
    Rows,
    Fold,
    Ask,
}
