using System.Buffers;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>Parts of a text, with their bytes at hand.</summary>
internal abstract class TextRows(TextInput text) : RowReader
{
    public override Cell Cell => Cell.OfText(Bytes);

    /// <summary>Where the part stands.</summary>
    protected abstract TextSlice Part { get; }

    protected abstract ReadOnlySpan<byte> Bytes { get; }

    protected override Value MakeItem() => MakePart(Part);

    protected TextValue MakePart(TextSlice part) => text.Part(part);

    /// <summary>The lines, which are told by their number once they are read.</summary>
    public sealed class Lines(TextInput text, Action<long>? onRead, CancellationToken cancellationToken) : TextRows(text)
    {
        private readonly LineScanner _lines = new(text.Slice, cancellationToken);
        private readonly TextSlice _text = text.Slice;
        private long _count;
        private bool _isAtEnd;

        /// <summary>The text, to read at once instead of line by line; null where a line may stand for others.</summary>
        public TextSlice? Whole => _text.Source.AllAlike == 0 ? _text : null;

        protected override TextSlice Part => _lines.Slice;

        protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

        protected override long Alike => _text.Source.CountAlike(_lines.Start);

        /// <summary>The value of a line, or of one with its CR.</summary>
        public Value MakeLine(TextSlice line)
        {
            bool hasCr = line.Length > 0 && line.End < _text.End && line.Source.GetSpan(line.End - 1, 1)[0] == '\r';
            return MakePart(hasCr ? line with { Length = line.Length - 1 } : line);
        }

        /// <summary>Tells that all lines were read, by whoever took the whole text.</summary>
        public void CountAll(long count)
        {
            _lines.MoveTo(_text.End);
            (_count, _isAtEnd) = (count, true);
        }

        public override void Dispose()
        {
            _lines.Dispose();
            if (_count > 0 || _isAtEnd)
                onRead?.Invoke(_count + _text.CountLeftOut(_lines.Next, _isAtEnd).Lines);
            (_count, _isAtEnd) = (0, false);
        }

        protected override bool Advance()
        {
            if (!_lines.MoveNext())
            {
                _isAtEnd = true;
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <summary>The lines that match a pattern, or do not; the first of them is told.</summary>
    public sealed class Matching(
        TextInput text, LinePattern pattern, bool isInverted, CancellationToken cancellationToken, Action? onFound = null) : TextRows(text)
    {
        private readonly MatchingLines _lines = MatchingLines.Open(text.Slice, pattern, isInverted, cancellationToken, isInverted ? onFound : null);
        private readonly TextSource _source = text.Slice.Source;
        private Action? _onFound = isInverted ? null : onFound;

        protected override TextSlice Part => _lines.Slice;

        protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

        protected override long Alike => _source.CountAlike(Part.Start);

        public override void Dispose() => _lines.Dispose();

        protected override bool Advance()
        {
            if (!_lines.MoveNext())
                return false;

            _onFound?.Invoke();
            _onFound = null;
            return true;
        }
    }

    /// <summary>Parts that are found while they are read. The bytes of a long one are left to those who ask for its value.</summary>
    public sealed class Parts(TextInput text, IEnumerable<TextSlice> parts) : TextRows(text)
    {
        private readonly IEnumerator<TextSlice> _parts = parts.GetEnumerator();
        private readonly TextSlice _text = text.Slice;
        private readonly byte[] _window = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockCache.BlockBytes, text.Slice.Length));
        private TextSlice _inWindow = text.Slice with { Length = 0 };

        public override Cell Cell => Part.Length <= _window.Length ? base.Cell : Cell.Of(Item);

        protected override TextSlice Part => _parts.Current;

        protected override ReadOnlySpan<byte> Bytes
        {
            get
            {
                var part = Part;
                if (part.Start < _inWindow.Start || part.End > _inWindow.End)
                {
                    _inWindow = _text with { Start = part.Start, Length = Math.Min(_window.Length, _text.End - part.Start) };
                    _text.Source.Read(part.Start, _window.AsSpan(0, (int)_inWindow.Length));
                }

                return _window.AsSpan((int)(part.Start - _inWindow.Start), (int)part.Length);
            }
        }

        public override void Dispose()
        {
            _parts.Dispose();
            ArrayPool<byte>.Shared.Return(_window);
        }

        protected override bool Advance() => _parts.MoveNext();
    }
}
