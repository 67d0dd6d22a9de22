using System.Text;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// The template of an <c>extract</c>, matched over bytes by looking for one text after the other. Safe to share between threads.
/// </summary>
/// <remarks>
/// It tries what the template's regex prefers at each step: captures as short, runs of blanks as long as they can be. Where that leads
/// to a match, it is the one that the regex finds; where it does not, and the texts are there all the same, the regex has to be asked,
/// since it goes back and tries others.
/// </remarks>
internal sealed class CaptureTemplate
{
    private readonly Separator[] _separators;

    private CaptureTemplate(Separator[] separators) => _separators = separators;

    /// <param name="texts">The texts before, between and after the captures; an empty one at an end means the line's.</param>
    /// <returns>Null where bytes do not tell, as for a text with a replacement character.</returns>
    public static CaptureTemplate? Of(IReadOnlyList<string> texts) =>
        texts.Any(text => text.AsSpan().ContainsAny('\uFFFD', '\n', '\r'))
            ? null
            : new CaptureTemplate([.. texts.Select(text => new Separator(text))]);

    /// <summary>The next match of a line from a place on.</summary>
    /// <param name="line">The line without its line end.</param>
    /// <param name="at">Where to look from, 0 at first; where to go on, after a match.</param>
    /// <param name="captures">Where the captures are, after a match.</param>
    public CaptureOutcome Find(ReadOnlySpan<byte> line, ref int at, Range[] captures)
    {
        int start;
        if (_separators[0].IsEmpty)
        {
            // The template holds a whole line, from its start.
            if (at > 0 || line.IsEmpty)
                return CaptureOutcome.None;
            start = BlanksEnd(line, 0);
        }
        else if (_separators[0].Find(line, at) is ( >= 0, var end))
        {
            start = end;
        }
        else
        {
            return CaptureOutcome.None;
        }

        for (int i = 1; i < _separators.Length; i++)
        {
            if (i == captures.Length && _separators[i].IsEmpty)
            {
                captures[i - 1] = start..Math.Max(start, line.TrimEnd(" \t"u8).Length);
                start = line.Length;
            }
            else
            {
                var (place, end) = _separators[i].Find(line, start);
                if (place < 0)
                    return MayMatch(line, at) ? CaptureOutcome.Unknown : CaptureOutcome.None;
                captures[i - 1] = start..place;
                start = end;
            }
        }

        at = start;
        return CaptureOutcome.Found;
    }

    /// <summary>Whether the texts are there one after the other, however runs of blanks are shared between two of them.</summary>
    private bool MayMatch(ReadOnlySpan<byte> line, int at)
    {
        foreach (var separator in _separators)
        {
            if (separator.IsEmpty)
                continue;

            var (start, end) = separator.Find(line, at);
            if (start < 0)
                return false;
            at = separator.EndsInBlanks ? Math.Max(start, line[..end].LastIndexOfAnyExcept((byte)' ', (byte)'\t') + 1) + 1 : end;
        }

        return true;
    }

    private static int BlanksEnd(ReadOnlySpan<byte> line, int at)
    {
        int length = line[at..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        return length < 0 ? line.Length : at + length;
    }

    /// <summary>A text between captures: words as they are, and between them runs of blanks of any length.</summary>
    private sealed class Separator
    {
        /// <summary>The words; null for a run of blanks.</summary>
        private readonly List<byte[]?> _parts = [];

        public Separator(string text)
        {
            for (int at = 0; at < text.Length;)
            {
                bool isBlank = text[at] is ' ' or '\t';
                int end = at + 1;
                while (end < text.Length && (text[end] is ' ' or '\t') == isBlank)
                    end++;
                _parts.Add(isBlank ? null : Encoding.UTF8.GetBytes(text[at..end]));
                at = end;
            }
        }

        public bool IsEmpty => _parts.Count == 0;

        public bool EndsInBlanks => _parts[^1] is null;

        /// <summary>The first place and its end; -1 where there is none.</summary>
        public (int Start, int End) Find(ReadOnlySpan<byte> line, int at)
        {
            while (at <= line.Length)
            {
                int hit = _parts[0] is { } word ? line[at..].IndexOf(word) : line[at..].IndexOfAny((byte)' ', (byte)'\t');
                if (hit < 0)
                    break;

                int start = at + hit;
                if (TryEnd(line, start, out int end))
                    return (start, end);
                at = _parts[0] is null ? BlanksEnd(line, start) : start + 1;
            }

            return (-1, -1);
        }

        private bool TryEnd(ReadOnlySpan<byte> line, int start, out int end)
        {
            end = start;
            foreach (byte[]? part in _parts)
            {
                int next = part is null ? BlanksEnd(line, end) : line[end..].StartsWith(part) ? end + part.Length : end;
                if (next == end)
                    return false;
                end = next;
            }

            return true;
        }
    }
}
