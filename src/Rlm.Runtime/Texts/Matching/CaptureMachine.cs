using System.Numerics;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// Finds the matches of a pattern and their captures in decoded text, going back where a way fails. Not for use by two threads at once.
/// </summary>
/// <remarks>
/// It tries first what .NET's engine prefers, so that the first way that leads to a match is the engine's. What failed at a place
/// fails there again, and is remembered: a text costs at most its length times the program's (RE2's BitState).
/// </remarks>
internal sealed class CaptureMachine
{
    private const int WordBits = 64;

    private readonly CaptureProgram _program;
    private readonly int[] _slots;
    private readonly int _wordsPerPlace;
    private Step[] _steps = new Step[64];
    private ulong[] _tried = [];
    private bool _hasSeenEnd;

    public CaptureMachine(CaptureProgram program)
    {
        _program = program;
        _slots = new int[program.SlotCount];
        _wordsPerPlace = (program.Instructions.Length + WordBits - 1) / WordBits;
    }

    public int CaptureCount => _slots.Length / 2;

    /// <summary>How many words of memory a text of a length takes.</summary>
    public long WordsFor(int length) => (length + 1L) * _wordsPerPlace;

    /// <summary>
    /// Adds the captures of each match of a whole text that is not empty, in UTF-16 units, and gives the number of matches.
    /// </summary>
    public int FindAll(ReadOnlySpan<char> text, List<CapturePlace> captures, int most = int.MaxValue)
    {
        Begin(text.Length);
        int matches = 0;
        for (int at = 0; matches < most && Find(text, ref at, isWhole: true, out int end); at = end)
        {
            matches++;
            for (int capture = 0; capture < CaptureCount; capture++)
                captures.Add(CaptureAt(capture));
        }

        return matches;
    }

    /// <summary>Where a capture of the last match lies; it took no part where that is none.</summary>
    public CapturePlace CaptureAt(int capture) => _slots[2 * capture] < 0
        ? CapturePlace.None
        : new CapturePlace(_slots[2 * capture], _slots[(2 * capture) + 1] - _slots[2 * capture]);

    /// <summary>Forgets what was tried in the last text.</summary>
    public void Begin(int length)
    {
        int words = (int)WordsFor(length);
        if (_tried.Length < words)
            _tried = new ulong[BitOperations.RoundUpToPowerOf2((uint)words)];
        Array.Clear(_tried, 0, words);
    }

    /// <summary>Finds the next match that is not empty.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="at">Where to look from; where the match begins or, without one, the place up to which it is
    /// certain that none does.</param>
    /// <param name="isWhole">Whether the text ends with these units, so that everything is certain.</param>
    /// <param name="end">Where the match ends.</param>
    public bool Find(ReadOnlySpan<char> text, ref int at, bool isWhole, out int end)
    {
        for (; at < text.Length || (isWhole && at == text.Length); at++)
        {
            if (_program.First is { } first)
            {
                int leap = text[at..].IndexOfAny(first);
                if (leap < 0)
                {
                    at = text.Length;
                    break;
                }

                at += leap;
            }

            _hasSeenEnd = false;
            end = MatchAt(text, at);
            if (_hasSeenEnd && !isWhole)
                return false;
            if (end <= at)
                continue;

            // What led to this match may begin the next one; nothing before its end is looked at again.
            Array.Clear(_tried, end * _wordsPerPlace, _wordsPerPlace);
            return true;
        }

        end = -1;
        return false;
    }

    /// <summary>The end of the match that begins at a place; -1 where there is none.</summary>
    private int MatchAt(ReadOnlySpan<char> text, int start)
    {
        Array.Fill(_slots, -1);
        _steps[0] = new Step(_program.Start, start);
        for (int open = 1; open > 0;)
        {
            var (index, at) = _steps[--open];
            if (index < 0)
            {
                // A slot that was set on the way that failed.
                _slots[~index] = at;
                continue;
            }

            while (index >= 0 && IsNew(index, at))
            {
                var instruction = _program.Instructions[index];
                switch (instruction.Kind)
                {
                    case InstructionKind.Match:
                        return at;
                    case InstructionKind.Unit:
                        _hasSeenEnd |= at == text.Length;
                        index = at < text.Length && _program.Accepted[index][_program.Classes.Of(text[at])] ? instruction.Next : -1;
                        at++;
                        continue;
                    case InstructionKind.Split when _program.Runs[index] is { } run:
                        index = Run(index, run, text, ref at, ref open) ? instruction.Operand : -1;
                        continue;
                    case InstructionKind.Split:
                        PushSecond(instruction.Operand, text, at, ref open);
                        break;
                    case InstructionKind.Save:
                        Push(ref open, new Step(~instruction.Operand, _slots[instruction.Operand]));
                        _slots[instruction.Operand] = at;
                        break;
                    default:
                        _hasSeenEnd |= at == text.Length;
                        index = Holds((PatternPlace)instruction.Operand, text, at) ? instruction.Next : -1;
                        continue;
                }

                index = instruction.Next;
            }
        }

        return -1;
    }

    /// <summary>Takes as many units of a repeated set as there are; false where that was tried from a place on.</summary>
    private bool Run(int index, bool[] run, ReadOnlySpan<char> text, ref int at, ref int open)
    {
        int after = _program.Instructions[index].Operand;
        for (; at < text.Length && run[_program.Classes.Of(text[at])]; at++)
        {
            PushSecond(after, text, at, ref open);
            if (!IsNew(index, at + 1))
                return false;
        }

        _hasSeenEnd |= at == text.Length;
        return true;
    }

    /// <summary>Keeps an instruction to go back to, unless it is seen at once that it fails.</summary>
    private void PushSecond(int index, ReadOnlySpan<char> text, int at, ref int open)
    {
        if (at == text.Length || _program.Ahead[index] is not { } ahead || ahead[_program.Classes.Of(text[at])])
            Push(ref open, new Step(index, at));
    }

    private void Push(ref int open, Step step)
    {
        if (open == _steps.Length)
            Array.Resize(ref _steps, 2 * open);
        _steps[open++] = step;
    }

    /// <summary>Whether an instruction was not tried at the place yet; it is from here on.</summary>
    private bool IsNew(int index, int at)
    {
        ref ulong tried = ref _tried[(at * _wordsPerPlace) + (index / WordBits)];
        ulong bit = 1UL << (index % WordBits);
        bool isNew = (tried & bit) == 0;
        tried |= bit;
        return isNew;
    }

    private bool Holds(PatternPlace place, ReadOnlySpan<char> text, int at) => place switch
    {
        PatternPlace.LineStart => at == 0 || text[at - 1] == '\n',
        PatternPlace.LineEnd => at == text.Length || text[at] == '\n',
        _ => ((at > 0 && IsWord(text[at - 1])) != (at < text.Length && IsWord(text[at]))) == (place == PatternPlace.WordBoundary),
    };

    private bool IsWord(char unit) => _program.Classes.IsWord(_program.Classes.Of(unit));

    /// <summary>An instruction to go on with at a place; or, complemented, a slot and what it held before.</summary>
    private readonly record struct Step(int Index, int At);
}
