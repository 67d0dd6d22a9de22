namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>One step of a <see cref="PatternProgram"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The instruction after it.</param>
/// <param name="Operand">A set's number, a place, a split's other instruction, which is tried second, or the slot
/// that the place is saved in.</param>
internal readonly record struct Instruction(InstructionKind Kind, int Next, int Operand);
