using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// What a size counts: <c>lines chars tokens words</c>. A character is a Unicode code point, a token is <see cref="TokenEstimate"/>'s.
/// </summary>
internal abstract class TextUnit
{
    public static TextUnit Lines { get; } = new LineUnit();

    public static TextUnit Characters { get; } = new CharacterUnit();

    public static TextUnit Tokens { get; } = new TokenUnit();

    public static TextUnit Words { get; } = new WordUnit();

    /// <summary>The unit of a word of the language; items of a text are its lines.</summary>
    public static TextUnit Of(string? word) => word switch
    {
        "chars" => Characters,
        "tokens" => Tokens,
        "words" => Words,
        _ => Lines,
    };

    /// <summary>The place after so many units from a place on, or the slice's end.</summary>
    public abstract long Advance(TextSlice slice, long start, long count);

    /// <summary>The place so many units before a place, not before <paramref name="least"/>.</summary>
    public abstract long Retreat(TextSlice slice, long least, long end, long count);

    /// <summary>How many units a slice has.</summary>
    public abstract long Count(TextSlice slice);

    private sealed class LineUnit : TextUnit
    {
        public override long Advance(TextSlice slice, long start, long count)
        {
            for (; count > 0 && start < slice.End; count--)
                start = slice.Source.IndexOf((byte)'\n', start, slice.End) is var newline and >= 0 ? newline + 1 : slice.End;
            return start;
        }

        public override long Retreat(TextSlice slice, long least, long end, long count)
        {
            if (end > least && slice.Source.GetSpan(end - 1, 1)[0] == '\n')
                end--;
            for (; count > 0; count--)
            {
                long newline = slice.Source.LastIndexOf((byte)'\n', least, end);
                if (newline < 0)
                    return least;
                if (count == 1)
                    return newline + 1;
                end = newline;
            }

            return end;
        }

        public override long Count(TextSlice slice)
        {
            long count = 0;
            for (long at = slice.Start; at < slice.End; count++)
                at = Advance(slice, at, 1);
            return count;
        }
    }

    private sealed class CharacterUnit : TextUnit
    {
        public override long Advance(TextSlice slice, long start, long count)
        {
            while (start < slice.End)
            {
                var block = slice.Source.GetSpan(start, TextSource.BlockLength(start, slice.End));
                for (int i = 0; i < block.Length; i++)
                {
                    if ((block[i] & 0xC0) != 0x80 && count-- == 0)
                        return start + i;
                }

                start += block.Length;
            }

            return slice.End;
        }

        public override long Retreat(TextSlice slice, long least, long end, long count)
        {
            while (end > least && count > 0)
            {
                end--;
                if ((slice.Source.GetSpan(end, 1)[0] & 0xC0) != 0x80)
                    count--;
            }

            return end;
        }

        public override long Count(TextSlice slice)
        {
            long count = 0;
            for (long at = slice.Start; at < slice.End;)
            {
                var block = slice.Source.GetSpan(at, TextSource.BlockLength(at, slice.End));
                foreach (byte value in block)
                    count += (value & 0xC0) != 0x80 ? 1 : 0;
                at += block.Length;
            }

            return count;
        }
    }

    private sealed class TokenUnit : TextUnit
    {
        private const int MaxCodePointBytes = 4;

        public override long Advance(TextSlice slice, long start, long count) =>
            count >= (slice.End - start) / slice.Source.BytesPerToken || slice.End - start <= MaxCodePointBytes
                ? slice.End
                : slice.Source.CodePointStart(start + Math.Max(MaxCodePointBytes, (long)(count * slice.Source.BytesPerToken)), start);

        public override long Retreat(TextSlice slice, long least, long end, long count) =>
            count >= (end - least) / slice.Source.BytesPerToken ? least
                : slice.Source.CodePointStart(
                    Math.Min(end, end - (long)(count * slice.Source.BytesPerToken) + MaxCodePointBytes - 1), least);

        public override long Count(TextSlice slice) => TokenEstimate.OfLength(slice.Source, slice.Length);
    }

    private sealed class WordUnit : TextUnit
    {
        public override long Advance(TextSlice slice, long start, long count)
        {
            var words = new WordScanner(slice with { Start = start, Length = slice.End - start });
            long end = start;
            for (; count > 0; count--)
            {
                if (!words.MoveNext())
                    return slice.End;
                end = words.End;
            }

            // Up to the next word, so that the signs after the last one stay with it.
            return words.MoveNext() ? words.Start : slice.End;
        }

        public override long Retreat(TextSlice slice, long least, long end, long count)
        {
            var starts = new Queue<long>();
            var words = new WordScanner(slice with { Start = least, Length = end - least });
            while (words.MoveNext())
            {
                if (starts.Count == count)
                    starts.Dequeue();
                starts.Enqueue(words.Start);
            }

            return starts.Count < count ? least : starts.Peek();
        }

        public override long Count(TextSlice slice) => WordScanner.Count(slice);
    }
}
