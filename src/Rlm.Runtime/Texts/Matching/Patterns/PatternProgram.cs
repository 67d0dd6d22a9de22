namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>A pattern as a nondeterministic automaton over classes of UTF-16 code units; states are indexes of instructions.</summary>
internal sealed class PatternProgram
{
    private const int MaxInstructions = 5_000;

    private readonly List<Instruction> _instructions = [];
    private readonly OrderedDictionary<CodeUnitSet, int> _sets = [];
    private readonly string[] _captures;

    private PatternProgram(string[] captures) => _captures = captures;

    /// <summary>The instruction that a match begins with.</summary>
    public int Start { get; private set; }

    /// <summary>Whether <c>^</c> occurs, so that a line's start is unlike other places.</summary>
    public bool AsksForLineStart { get; private set; }

    /// <summary>Whether <c>\b</c> or <c>\B</c> occurs.</summary>
    public bool AsksForWords { get; private set; }

    public CodeUnitClasses Classes { get; private set; } = null!;

    public Instruction this[int index] => _instructions[index];

    /// <summary>How many instructions there are.</summary>
    public int Count => _instructions.Count;

    /// <summary>How many slots hold the starts and ends of captures: two for each.</summary>
    public int SlotCount => 2 * _captures.Length;

    /// <summary>The program; null where it would be too large.</summary>
    /// <param name="node">The pattern.</param>
    /// <param name="captures">The names of the groups whose places are saved, in the order of their slots.</param>
    public static PatternProgram? Of(PatternNode node, params string[] captures)
    {
        var program = new PatternProgram(captures);
        program.Add(new Instruction(InstructionKind.Match, 0, 0));
        if (program.Append(node, 0) is not { } start)
            return null;

        program.Start = start;
        if (CodeUnitClasses.Of(program._sets.Keys, program.AsksForWords) is not { } classes)
            return null;

        program.Classes = classes;
        return program;
    }

    /// <summary>Whether a set has the units of a class.</summary>
    public bool Has(int set, int unitClass) => Classes.IsIn(unitClass, set);

    private int? Add(Instruction instruction)
    {
        if (_instructions.Count == MaxInstructions)
            return null;
        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }

    /// <summary>
    /// Adds what matches the node and then goes on at <paramref name="next"/>; gives where it begins, null where it is too large.
    /// </summary>
    private int? Append(PatternNode node, int? next) => next is not { } then ? null : node switch
    {
        PatternNode.Unit unit => Add(new Instruction(InstructionKind.Unit, then, SetOf(unit.Set))),
        PatternNode.Place place => AppendPlace(place.Kind, then),
        PatternNode.Sequence sequence => sequence.Parts.Reverse().Aggregate(next, (after, part) => Append(part, after)),
        PatternNode.Choice choice => choice.Branches.Reverse().Aggregate(
            (int?)null, (others, branch) => Append(branch, then) is not { } start ? null
                : others is null ? start
                : Add(new Instruction(InstructionKind.Split, start, others.Value))),
        PatternNode.Repeat repeat => AppendRepeat(repeat, then),
        PatternNode.Capture capture => AppendCapture(capture, then),
        _ => throw new InvalidOperationException($"A pattern has no {node.GetType().Name}."),
    };

    private int? AppendPlace(PatternPlace kind, int next)
    {
        AsksForLineStart |= kind == PatternPlace.LineStart;
        AsksForWords |= kind is PatternPlace.WordBoundary or PatternPlace.NoWordBoundary;
        return Add(new Instruction(InstructionKind.Place, next, (int)kind));
    }

    private int? AppendCapture(PatternNode.Capture capture, int next)
    {
        int slot = 2 * Array.IndexOf(_captures, capture.Name);
        if (slot < 0)
            return Append(capture.Part, next);
        return Append(capture.Part, Add(new Instruction(InstructionKind.Save, next, slot + 1))) is { } body
            ? Add(new Instruction(InstructionKind.Save, body, slot))
            : null;
    }

    private int? AppendRepeat(PatternNode.Repeat repeat, int next)
    {
        int? tail = next;
        if (repeat.Most is not { } most)
        {
            if (Add(Choose(0, next, repeat.IsLazy)) is not { } loop || Append(repeat.Part, loop) is not { } body)
                return null;
            _instructions[loop] = Choose(body, next, repeat.IsLazy);
            tail = loop;
        }
        else
        {
            for (int i = repeat.Least; i < most; i++)
            {
                if (Append(repeat.Part, tail) is not { } optional)
                    return null;
                tail = Add(Choose(optional, next, repeat.IsLazy));
            }
        }

        for (int i = 0; i < repeat.Least; i++)
            tail = Append(repeat.Part, tail);
        return tail;
    }

    /// <summary>Once more, or what follows; the other way round where it is lazy.</summary>
    private static Instruction Choose(int again, int next, bool isLazy) =>
        isLazy ? new Instruction(InstructionKind.Split, next, again) : new Instruction(InstructionKind.Split, again, next);

    private int SetOf(CodeUnitSet set)
    {
        _sets.TryAdd(set, _sets.Count, out int place);
        return place;
    }
}
