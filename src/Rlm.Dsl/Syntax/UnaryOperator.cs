namespace Rlm.Dsl.Syntax;

internal enum UnaryOperator
{
    Not,
    Negate,
    IsFailed,
    IsNotFailed,
}
