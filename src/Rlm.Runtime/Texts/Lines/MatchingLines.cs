using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>The lines of a slice that match a pattern, or do not, one after the other, without their line ends.</summary>
internal abstract class MatchingLines : IDisposable
{
    /// <summary>The line.</summary>
    public abstract TextSlice Slice { get; }

    /// <summary>The line's bytes, until the next move.</summary>
    public abstract ReadOnlySpan<byte> Bytes { get; }

    /// <param name="slice">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isInverted">Whether it is the lines that do not match.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="onLeftOut">Told once that a line is left out, since it matches; null for nobody.</param>
    public static MatchingLines Open(
        TextSlice slice, LinePattern pattern, bool isInverted, CancellationToken cancellationToken, Action? onLeftOut = null) =>
        isInverted ? new Others(slice, pattern, onLeftOut, cancellationToken) : new Matches(slice, pattern, cancellationToken);

    public abstract bool MoveNext();

    public abstract void Dispose();

    private sealed class Matches(TextSlice slice, LinePattern pattern, CancellationToken cancellationToken) : MatchingLines
    {
        private readonly LineWindow _window = new(slice, cancellationToken);
        private readonly LineMatcher _matcher = pattern.Rent();
        private int _start;
        private int _end;
        private int _next;

        public override TextSlice Slice => new(slice.Source, _window.Start + _start, _end - _start);

        public override ReadOnlySpan<byte> Bytes => _window.Bytes[_start.._end];

        public override bool MoveNext()
        {
            while (true)
            {
                if (_next < _window.Length && _matcher.Find(_window.Bytes, _next) is var found and >= 0)
                {
                    _start = _next + _window.Bytes[_next..found].LastIndexOf((byte)'\n') + 1;
                    (_end, _next) = LineMatcher.LineEnd(_window.Bytes, _start);
                    return true;
                }

                if (!_window.MoveNext())
                    return false;
                _next = 0;
            }
        }

        public override void Dispose()
        {
            _window.Dispose();
            pattern.Return(_matcher);
        }
    }

    private sealed class Others(TextSlice slice, LinePattern pattern, Action? onLeftOut, CancellationToken cancellationToken) : MatchingLines
    {
        private Action? _onLeftOut = onLeftOut;

        private readonly LineScanner _lines = new(slice, cancellationToken);
        private readonly LineMatcher _matcher = pattern.Rent();

        public override TextSlice Slice => _lines.Slice;

        public override ReadOnlySpan<byte> Bytes => _lines.Bytes;

        public override bool MoveNext()
        {
            while (_lines.MoveNext())
            {
                if (!_matcher.IsMatch(_lines.Bytes))
                    return true;

                _onLeftOut?.Invoke();
                _onLeftOut = null;
            }

            return false;
        }

        public override void Dispose()
        {
            _lines.Dispose();
            pattern.Return(_matcher);
        }
    }
}
