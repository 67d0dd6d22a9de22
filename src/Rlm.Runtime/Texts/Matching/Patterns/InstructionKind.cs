namespace Rlm.Runtime.Texts.Matching.Patterns;

internal enum InstructionKind
{
    Match,
    Unit,
    Place,
    Split,
    Save,
}
