namespace Rlm.Runtime.Texts.Matching;

internal enum InstructionKind
{
    Match,
    Unit,
    Place,
    Split,
    Save,
}
