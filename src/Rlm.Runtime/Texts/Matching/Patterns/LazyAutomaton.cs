using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>
/// The deterministic automaton of a pattern over UTF-8 bytes, made state by state while it runs. It finds lines with a match in time
/// linear in their length. Not for use by two threads at once.
/// </summary>
/// <remarks>
/// It means what .NET's engine means: non-ASCII bytes are decoded to UTF-16 code units, invalid ones to U+FFFD, and each line is a
/// text of its own without its line end. A state is known by the offset of its row in the table; a row has an entry for
/// <see cref="LookCloser"/>, one for each class, and one for the line's end.
/// </remarks>
internal sealed class LazyAutomaton
{
    private const int MaxStates = 2_000;

    /// <summary>The column of bytes that need more than a look into the table: line ends and what is not ASCII.</summary>
    private const int LookCloser = 0;

    // Entries below the first row.
    private const int Unknown = 0;
    private const int Matched = 1;
    private const int NoMatch = 2;

    private readonly PatternProgram _program;
    private readonly StateKey _startKey;
    private readonly int _columns;
    private readonly byte[] _columnOf = new byte[256];
    private readonly Dictionary<StateKey, int> _states = [];
    private readonly List<StateKey> _keys = [];
    private readonly Dictionary<int, SearchValues<byte>> _leaving = [];
    private readonly List<int> _closure = [];
    private readonly Stack<int> _open = new();
    private readonly HashSet<int> _seen = [];
    private readonly SortedSet<int> _next = [];
    private int[] _table = new int[64];
    private int _start;
    private SearchValues<byte>? _startLeaving;

    public LazyAutomaton(PatternProgram program)
    {
        _program = program;
        _columns = program.Classes.Count + 2;
        // Without `^`, a line's start is a place like any other.
        _startKey = new StateKey([program.Start], program.AsksForLineStart ? Neighbour.Edge : Neighbour.Other);
        for (char unit = '\0'; unit < 128; unit++)
            _columnOf[unit] = unit is '\n' or '\r' ? (byte)LookCloser : ColumnOf(unit);
        Restart();
    }

    private int EndColumn => _columns - 1;

    /// <summary>Whether a line without its line end has a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> line) => line.IsEmpty ? Step(_start, EndColumn) == Matched : Find(line, 0) >= 0;

    /// <summary>A place in the first line with a match, at most its line end's; -1 where no line has one.</summary>
    /// <param name="text">Whole lines.</param>
    /// <param name="at">Where a line starts.</param>
    public int Find(ReadOnlySpan<byte> text, int at)
    {
        int state = _start;
        var leaving = _startLeaving;
        ref byte bytes = ref MemoryMarshal.GetReference(text);
        ref byte columnOf = ref MemoryMarshal.GetArrayDataReference(_columnOf);
        while (at < text.Length)
        {
            if (leaving is not null)
            {
                int leap = text[at..].IndexOfAny(leaving);
                if (leap < 0)
                    break;
                at += leap;
            }

            ref int table = ref MemoryMarshal.GetArrayDataReference(_table);
            int next = Unknown;
            int column = LookCloser;
            for (; at < text.Length; at++)
            {
                column = Unsafe.Add(ref columnOf, Unsafe.Add(ref bytes, at));
                next = Unsafe.Add(ref table, state + column);
                if (next <= NoMatch)
                    break;
                state = next;
            }

            if (at == text.Length)
                break;

            int length = 1;
            if (column == LookCloser && LineEndLength(text[at..]) is var end and > 0)
            {
                if (Step(state, EndColumn) == Matched)
                    return at;
                at += end;
                if (at == text.Length)
                    return -1;
                state = _start;
                leaving = _startLeaving;
                continue;
            }

            if (column == LookCloser)
                next = NextOfRune(state, text[at..], out length);
            else if (next == Unknown)
                next = Step(state, column);

            if (next == Matched)
                return at;
            at += length;
            state = Row(next);
            leaving = next < 0 ? _leaving[state] : null;
        }

        return Step(state, EndColumn) == Matched ? text.Length : -1;
    }

    private static int LineEndLength(ReadOnlySpan<byte> bytes) =>
        bytes[0] == '\n' ? 1 : bytes[0] == '\r' && bytes.Length > 1 && bytes[1] == '\n' ? 2 : 0;

    /// <summary>The row of an entry that leads to a state.</summary>
    private static int Row(int entry) => entry < 0 ? ~entry : entry;

    private byte ColumnOf(char unit) => (byte)(1 + _program.Classes.Of(unit));

    private int NextOfRune(int state, ReadOnlySpan<byte> bytes, out int length)
    {
        Rune.DecodeFromUtf8(bytes, out var rune, out length);
        if (rune.IsBmp)
            return Step(state, ColumnOf((char)rune.Value));

        Span<char> units = stackalloc char[2];
        rune.EncodeToUtf16(units);
        int next = Step(state, ColumnOf(units[0]));
        return next == Matched ? Matched : Step(Row(next), ColumnOf(units[1]));
    }

    /// <summary>The entry of a state's row, made where it is not known yet. A new state may forget all others, the given one too.</summary>
    private int Step(int state, int column)
    {
        int known = _table[state + column];
        return known != Unknown ? known : Make(state, column);
    }

    private int Make(int state, int column)
    {
        var key = _keys[(state / _columns) - 1];
        bool isEnd = column == EndColumn;
        var before = key.Before;
        var after = isEnd ? Neighbour.Edge : NeighbourOf(column - 1);
        if (Close(key.Instructions, before, after))
            return _table[state + column] = Matched;
        if (isEnd)
            return _table[state + column] = NoMatch;

        _next.Clear();
        _next.Add(_program.Start);
        foreach (int index in _closure)
        {
            var instruction = _program[index];
            if (_program.Has(instruction.Operand, column - 1))
                _next.Add(instruction.Next);
        }

        int next = EntryOf(new StateKey([.. _next], after), out bool isForgotten);
        if (!isForgotten)
            _table[state + column] = next;
        return next;
    }

    /// <summary>
    /// What the instructions lead to between two neighbours without reading a unit: into <see cref="_closure"/>. True for a match.
    /// </summary>
    private bool Close(int[] instructions, Neighbour before, Neighbour after)
    {
        _closure.Clear();
        _seen.Clear();
        foreach (int index in instructions)
            _open.Push(index);
        bool isMatch = false;
        while (_open.TryPop(out int index))
        {
            if (!_seen.Add(index))
                continue;

            var instruction = _program[index];
            switch (instruction.Kind)
            {
                case InstructionKind.Match:
                    isMatch = true;
                    break;
                case InstructionKind.Unit:
                    _closure.Add(index);
                    break;
                case InstructionKind.Split:
                    _open.Push(instruction.Operand);
                    _open.Push(instruction.Next);
                    break;
                default:
                    if (Holds((PatternPlace)instruction.Operand, before, after))
                        _open.Push(instruction.Next);
                    break;
            }
        }

        return isMatch;
    }

    private static bool Holds(PatternPlace place, Neighbour before, Neighbour after) => place switch
    {
        PatternPlace.LineStart => before == Neighbour.Edge,
        PatternPlace.LineEnd => after == Neighbour.Edge,
        PatternPlace.WordBoundary => (before == Neighbour.Word) != (after == Neighbour.Word),
        _ => (before == Neighbour.Word) == (after == Neighbour.Word),
    };

    private Neighbour NeighbourOf(int unitClass) =>
        _program.AsksForWords && _program.Classes.IsWord(unitClass) ? Neighbour.Word : Neighbour.Other;

    /// <summary>The entry of what leads to a state: its row, negated where its bytes can be leapt over.</summary>
    private int EntryOf(StateKey key, out bool isForgotten)
    {
        isForgotten = false;
        if (!_states.TryGetValue(key, out int state))
        {
            isForgotten = _keys.Count >= MaxStates;
            if (isForgotten)
                Restart();
            if (!_states.TryGetValue(key, out state))
                state = Add(key);
        }

        return _leaving.ContainsKey(state) ? ~state : state;
    }

    private int Add(StateKey key)
    {
        _keys.Add(key);
        int state = _keys.Count * _columns;
        if (_table.Length < state + _columns)
            Array.Resize(ref _table, Math.Max(2 * _table.Length, state + _columns));
        _states.Add(key, state);
        if (key.Instructions.Length == 1)
            FindLeaving(state, key);
        return state;
    }

    private void Restart()
    {
        _states.Clear();
        _keys.Clear();
        _leaving.Clear();
        Array.Clear(_table);
        _start = Add(_startKey);
        _startLeaving = _leaving.GetValueOrDefault(_start);
    }

    /// <summary>
    /// The bytes that lead out of a state in which nothing has begun, where they are rare enough to leap over all others.
    /// </summary>
    private void FindLeaving(int state, StateKey key)
    {
        bool isLeftAtEnd = key != _startKey || Step(state, EndColumn) == Matched;
        bool[] isLeft = new bool[_program.Classes.Count];
        for (int unitClass = 0; unitClass < isLeft.Length; unitClass++)
            isLeft[unitClass] = Row(Step(state, unitClass + 1)) != state;

        bool isLeftByOthers = false;
        for (int unit = 128; unit <= char.MaxValue && !isLeftByOthers; unit++)
            isLeftByOthers = isLeft[_program.Classes.Of((char)unit)];

        var leaving = new List<byte>();
        for (int value = 0; value < 256; value++)
        {
            if (value == '\n' ? isLeftAtEnd : value >= 128 ? isLeftByOthers : isLeft[_program.Classes.Of((char)value)])
                leaving.Add((byte)value);
        }

        if (ByteRarity.AreLeapt(leaving))
            _leaving[state] = SearchValues.Create(leaving.ToArray());
    }

    /// <summary>What stands beside a place: nothing, a word's unit, another.</summary>
    private enum Neighbour
    {
        Edge,
        Word,
        Other,
    }

    private readonly record struct StateKey(int[] Instructions, Neighbour Before)
    {
        public bool Equals(StateKey other) => Before == other.Before && Instructions.AsSpan().SequenceEqual(other.Instructions);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Before);
            hash.AddBytes(MemoryMarshal.AsBytes(Instructions.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
