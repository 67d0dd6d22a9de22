using System.Text;

using Rlm.Runtime.Rendering;

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
    private const char CtrlC = '\u0003', CtrlD = '\u0004', CtrlG = '\u0007', CtrlR = '\u0012';

    // The terminal itself knows where the cursor is behind a character of any width.
    private const string SaveCursor = "\u001b7", RestoreCursor = "\u001b8";

    private readonly StringBuilder _line = new();
    private string _prompt = "", _unfinished = "";
    private int _cursor, _entry;

    /// <summary>The line; null at the end of the input. <see cref="OperationCanceledException"/> where it is given up by Ctrl-C.</summary>
    public string? Read(string prompt)
    {
        (_prompt, _cursor, _entry, _unfinished) = (prompt, 0, history.Entries.Count, "");
        _line.Clear();
        Show();
        ConsoleKeyInfo? left = null;
        while (true)
        {
            var key = left ?? readKey();
            left = null;
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

            if (key.KeyChar == CtrlR)
                left = Search();
            else
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

    private int Before(int place) => TextColumns.Before(_line.ToString(), place);

    private int Behind(int place) => TextColumns.Behind(_line.ToString(), place);

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

    /// <summary>
    /// Finds the last entry that holds what is typed, letter by letter; Ctrl-R again one before it. Ctrl-G and Ctrl-C bring back what stood
    /// there, any other key takes the entry and does with it what it does.
    /// </summary>
    /// <returns>The key that ended it and is still to be taken; null for none.</returns>
    private ConsoleKeyInfo? Search()
    {
        string before = _line.ToString(), wanted = before;
        int found = Find(wanted, _entry - 1);
        while (true)
        {
            if (found >= 0)
                Recall(found);
            ShowSearch(wanted, found >= 0 || wanted.Length == 0);
            var key = readKey();
            if (key.KeyChar is CtrlG or CtrlC)
            {
                Replace(before);
                _entry = history.Entries.Count;
                return null;
            }

            if (key.KeyChar == CtrlR)
                found = Find(wanted, found - 1) is >= 0 and var earlier ? earlier : found;
            else if (key.Key == ConsoleKey.Backspace && wanted.Length > 0)
                found = Find(wanted = wanted[..TextColumns.Before(wanted, wanted.Length)], history.Entries.Count - 1);
            else if (!char.IsControl(key.KeyChar) && !key.Modifiers.HasFlag(ConsoleModifiers.Alt))
                found = Find(wanted += key.KeyChar, found >= 0 ? found : history.Entries.Count - 1);
            else
                return key;
        }
    }

    /// <summary>The last entry up to a place that holds a text; -1 for none.</summary>
    private int Find(string wanted, int last)
    {
        for (; last >= 0 && !history.Entries[last].Contains(wanted, StringComparison.OrdinalIgnoreCase); last--)
        {
        }

        return last;
    }

    private void ShowSearch(string wanted, bool isFound)
    {
        string prompt = _prompt;
        _prompt = $"({(isFound ? "" : "not found: ")}{wanted}) ";
        Show();
        _prompt = prompt;
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
        int room = Math.Max(10, width() - TextColumns.Count(_prompt) - 1);
        string line = string.Concat(_line.ToString().Select(static letter => char.IsControl(letter) ? ' ' : letter));
        int start = _cursor;
        for (int columns = 0; start > 0 && (columns += TextColumns.Count(line[TextColumns.Before(line, start)..start])) <= room;)
            start = TextColumns.Before(line, start);
        int end = start;
        for (int columns = 0; end < line.Length && (columns += TextColumns.Count(line[end..TextColumns.Behind(line, end)])) <= room;)
            end = TextColumns.Behind(line, end);

        string behind = Whole(line[Math.Min(_cursor, end)..end]);
        terminal.Write($"\r{_prompt}{Whole(line[start.._cursor])}{(behind.Length > 0 ? $"{SaveCursor}{behind}" : "")}\u001b[K{(behind.Length > 0 ? RestoreCursor : "")}");
        terminal.Flush();
    }

    /// <summary>The text without half a character: the first half comes before the second, and cannot be written alone.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(static letter => letter.ToString()));
}
