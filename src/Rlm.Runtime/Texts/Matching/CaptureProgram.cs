using System.Buffers;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// A pattern's program as <see cref="CaptureMachine"/> runs it: what is looked up at each step, made once. Safe to share between threads.
/// </summary>
internal sealed class CaptureProgram
{
    private const int MaxFirstUnits = 64;

    private readonly PatternProgram _program;

    private CaptureProgram(PatternProgram program)
    {
        _program = program;
        Instructions = [.. Enumerable.Range(0, program.Count).Select(index => program[index])];
        Accepted = [.. Instructions.Select(instruction => instruction.Kind == InstructionKind.Unit ? ClassesOf(instruction.Operand) : [])];
        Ahead = [.. Enumerable.Range(0, program.Count).Select(ClassesAhead)];
        Runs = [.. Instructions.Select((instruction, index) => instruction.Kind == InstructionKind.Split
            && Instructions[instruction.Next] is { Kind: InstructionKind.Unit } unit && unit.Next == index
                ? Accepted[instruction.Next]
                : null)];
        First = FirstUnits();
    }

    /// <summary>The instruction that a match begins with.</summary>
    public int Start => _program.Start;

    public int SlotCount => _program.SlotCount;

    public CodeUnitClasses Classes => _program.Classes;

    public Instruction[] Instructions { get; }

    /// <summary>By instruction, the classes of the units that it takes; none where it takes no unit.</summary>
    public bool[][] Accepted { get; }

    /// <summary>
    /// By instruction, the classes of the unit that it begins with, past the places that it saves; null where it may begin otherwise.
    /// </summary>
    public bool[]?[] Ahead { get; }

    /// <summary>By instruction, the classes that it repeats as often as it can; null where it does something else.</summary>
    public bool[]?[] Runs { get; }

    /// <summary>The same over bytes of a line, for a pattern of one step after the other; null for any other.</summary>
    public CaptureChain? Chain { get; private init; }

    /// <summary>The units that a match can begin with; null where it may be empty, or begin with most of them.</summary>
    public SearchValues<char>? First { get; }

    /// <summary>The program; null where it would be too large.</summary>
    /// <param name="node">The pattern.</param>
    /// <param name="captures">The names of the groups whose places are saved, in the order of their slots.</param>
    public static CaptureProgram? Of(PatternNode node, params string[] captures) =>
        PatternProgram.Of(node, captures) is { } program ? new CaptureProgram(program) { Chain = CaptureChain.Of(node, captures) } : null;

    private bool[] ClassesOf(int set) => [.. Enumerable.Range(0, Classes.Count).Select(unitClass => _program.Has(set, unitClass))];

    private bool[]? ClassesAhead(int index)
    {
        while (Instructions[index].Kind == InstructionKind.Save)
            index = Instructions[index].Next;
        return Instructions[index].Kind == InstructionKind.Unit ? Accepted[index] : null;
    }

    private SearchValues<char>? FirstUnits()
    {
        bool[] first = new bool[Classes.Count];
        var seen = new HashSet<int>();
        var open = new Stack<int>([Start]);
        while (open.TryPop(out int index))
        {
            if (!seen.Add(index))
                continue;

            var instruction = Instructions[index];
            switch (instruction.Kind)
            {
                case InstructionKind.Match:
                    return null;
                case InstructionKind.Unit:
                    for (int unitClass = 0; unitClass < first.Length; unitClass++)
                        first[unitClass] |= Accepted[index][unitClass];
                    continue;
                case InstructionKind.Split:
                    open.Push(instruction.Operand);
                    break;
            }

            open.Push(instruction.Next);
        }

        return Classes.UnitsOf(first, MaxFirstUnits) is { } units ? SearchValues.Create(units) : null;
    }
}
