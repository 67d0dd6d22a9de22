using System.Text;

namespace Rlm.Cli.Repl;

/// <summary>Reads a line that somebody edits on a terminal, with the keys of Emacs and of readline.</summary>
/// <param name="readKey">Reads a key, which the terminal does not show.</param>
/// <param name="terminal">Where the line is shown.</param>
/// <param name="width">Columns of the terminal.</param>
/// <param name="history">Earlier lines.</param>
/// <param name="complete">What may stand at a place of the line: the start of what is replaced, and the words.</param>
internal sealed class LineEditor(
    Func<ConsoleKeyInfo> readKey, TextWriter terminal, Func<int> width, LineHistory history, Func<string, int, (int Start, IReadOnlyList<string> Words)> complete)
{
    private const char CtrlC = '\u0003', CtrlD = '\u0004';

    private readonly StringBuilder _line = new();
    private string _prompt = "", _unfinished = "";
    private int _cursor, _entry;

    /// <summary>The line; null at the end of the input. <see cref="OperationCanceledException"/> where it is given up by Ctrl-C.</summary>
    public string? Read(string prompt)
    {
        (_prompt, _cursor, _entry, _unfinished) = (prompt, 0, history.Entries.Count, "");
        _line.Clear();
        Show();
        while (true)
        {
            var key = readKey();
            switch (key.KeyChar)
            {
                case CtrlC:
                    terminal.Write("^C\n");
                    throw new OperationCanceledException();
                case CtrlD when _line.Length == 0:
                    terminal.Write("\n");
                    return null;
            }

            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\n' or '\r')
            {
                _cursor = _line.Length;
                Show();
                terminal.Write("\n");
                return _line.ToString();
            }

            Take(key);
            Show();
        }
    }

    private void Take(ConsoleKeyInfo key)
    {
        // A terminal sends Ctrl and a letter as the letter's number.
        var letter = key.KeyChar is > '\0' and < ' ' ? ConsoleKey.A + key.KeyChar - 1 : key.Key;
        bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control) || (key.KeyChar is > '\0' and < ' ' && key.Key is not (ConsoleKey.Tab or ConsoleKey.Backspace or ConsoleKey.Escape));
        switch (isControl ? letter : key.Key, isControl)
        {
            case (ConsoleKey.LeftArrow, false) or (ConsoleKey.B, true): _cursor = Before(_cursor); break;
            case (ConsoleKey.RightArrow, false) or (ConsoleKey.F, true): _cursor = Behind(_cursor); break;
            case (ConsoleKey.LeftArrow, true): _cursor = WordStart(); break;
            case (ConsoleKey.RightArrow, true): _cursor = WordEnd(); break;
            case (ConsoleKey.Home, _) or (ConsoleKey.A, true): _cursor = 0; break;
            case (ConsoleKey.End, _) or (ConsoleKey.E, true): _cursor = _line.Length; break;
            case (ConsoleKey.Backspace, false) or (ConsoleKey.H, true): Remove(Before(_cursor), _cursor); break;
            case (ConsoleKey.Delete, _) or (ConsoleKey.D, true): Remove(_cursor, Behind(_cursor)); break;
            case (ConsoleKey.K, true): Remove(_cursor, _line.Length); break;
            case (ConsoleKey.U, true): Remove(0, _cursor); break;
            case (ConsoleKey.W, true): Remove(WordStart(), _cursor); break;
            case (ConsoleKey.L, true): terminal.Write("\u001b[H\u001b[2J"); break;
            case (ConsoleKey.UpArrow, _) or (ConsoleKey.P, true): Recall(_entry - 1); break;
            case (ConsoleKey.DownArrow, _) or (ConsoleKey.N, true): Recall(_entry + 1); break;
            case (ConsoleKey.R, true): Search(); break;
            case (ConsoleKey.Tab, false): Complete(); break;
            case var _ when !char.IsControl(key.KeyChar) && !key.Modifiers.HasFlag(ConsoleModifiers.Alt):
                _line.Insert(_cursor++, key.KeyChar);
                break;
        }
    }

    private void Remove(int start, int end)
    {
        _line.Remove(start, end - start);
        _cursor = start;
    }

    // A character beyond the first plane is two.
    private int Before(int place) => Math.Max(0, place - (place > 1 && char.IsLowSurrogate(_line[place - 1]) ? 2 : 1));

    private int Behind(int place) => Math.Min(_line.Length, place + (place < _line.Length && char.IsHighSurrogate(_line[place]) ? 2 : 1));

    private int WordStart()
    {
        int place = _cursor;
        while (place > 0 && char.IsWhiteSpace(_line[place - 1]))
            place--;
        while (place > 0 && !char.IsWhiteSpace(_line[place - 1]))
            place--;
        return place;
    }

    private int WordEnd()
    {
        int place = _cursor;
        while (place < _line.Length && char.IsWhiteSpace(_line[place]))
            place++;
        while (place < _line.Length && !char.IsWhiteSpace(_line[place]))
            place++;
        return place;
    }

    /// <summary>Shows another entry, and behind the last one again what was typed.</summary>
    private void Recall(int entry)
    {
        if (entry < 0 || entry > history.Entries.Count)
            return;
        if (_entry == history.Entries.Count)
            _unfinished = _line.ToString();
        Replace(entry == history.Entries.Count ? _unfinished : history.Entries[entry]);
        _entry = entry;
    }

    /// <summary>The last entry before the one that is shown that holds what was typed.</summary>
    private void Search()
    {
        string typed = _entry == history.Entries.Count ? _line.ToString() : _unfinished;
        for (int entry = _entry - 1; entry >= 0; entry--)
        {
            if (history.Entries[entry].Contains(typed, StringComparison.OrdinalIgnoreCase))
            {
                Recall(entry);
                return;
            }
        }
    }

    private void Replace(string text)
    {
        _line.Clear().Append(text);
        _cursor = text.Length;
    }

    /// <summary>Writes as much as all words begin with; where that is nothing more, shows them.</summary>
    private void Complete()
    {
        var (start, words) = complete(_line.ToString(), _cursor);
        if (words.Count == 0)
            return;

        string common = words.Aggregate(static (left, right) => left[..left.Zip(right).TakeWhile(pair => char.ToLowerInvariant(pair.First) == char.ToLowerInvariant(pair.Second)).Count()]);
        if (common.Length > _cursor - start || words.Count == 1)
        {
            Remove(start, _cursor);
            _line.Insert(start, common);
            _cursor = start + common.Length;
            return;
        }

        int column = words.Max(static word => word.Length) + 2, perLine = Math.Max(1, (width() - 1) / column);
        terminal.Write("\n");
        foreach (string[] line in words.Chunk(perLine).Take(20))
            terminal.Write($"{string.Concat(line.Select(word => word.PadRight(column))).TrimEnd()}\n");
    }

    /// <summary>Shows the line in place of what was shown; of one that is longer than the terminal is wide the part around the cursor.</summary>
    private void Show()
    {
        int room = Math.Max(10, width() - _prompt.Length - 1), start = Math.Max(0, _cursor - room);
        string shown = string.Concat(_line.ToString(start, Math.Min(room, _line.Length - start)).Select(static letter => char.IsControl(letter) ? ' ' : letter));
        int back = shown.Length - (_cursor - start);
        // The first half of a character comes before the second, and cannot be written alone.
        shown = string.Concat(shown.EnumerateRunes().Select(static letter => letter.ToString()));
        terminal.Write($"\r{_prompt}{shown}\u001b[K{(back > 0 ? $"\u001b[{back}D" : "")}");
        terminal.Flush();
    }
}
