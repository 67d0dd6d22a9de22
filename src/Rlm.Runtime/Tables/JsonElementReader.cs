using System.Text.Json;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>
/// Reads the elements of one JSON array, or the one value that a text is, through a window that is as long as its longest element.
/// </summary>
internal sealed class JsonElementReader(JsonRows rows, TextSlice text, bool isComputed, TextSlice? origin)
{
    private const int WindowBytes = 256 * 1024;
    private const int MaxElementBytes = 1 << 30;

    private JsonReaderState _state = new(JsonRows.Options);
    private byte[] _window = [];
    private long _windowStart;
    private int _length;
    private int _at;
    private bool _isArray;
    private Value? _only;

    /// <summary>The next element; null after the last one. Throws <see cref="JsonException"/> where the text is not JSON.</summary>
    public Value? ReadNext()
    {
        while (true)
        {
            bool isFinal = _windowStart + _length == text.Length;
            var reader = new Utf8JsonReader(_window.AsSpan(_at, _length - _at), isFinal, _state);
            if (!reader.Read())
            {
                if (!isFinal)
                {
                    Fill();
                    continue;
                }

                // A lone value is given once the text is known to end after it: JSON lines would otherwise pass for their first line.
                var only = _only;
                _only = null;
                return only;
            }

            if (reader.CurrentDepth == 0 && reader.TokenType is (JsonTokenType.StartArray or JsonTokenType.EndArray))
            {
                _isArray = true;
                Advance(ref reader);
                continue;
            }

            var end = reader;
            if (!end.TrySkip())
            {
                Fill();
                continue;
            }

            long start = _windowStart + _at;
            var slice =
                text with { Start = text.Start + start + reader.TokenStartIndex, Length = end.BytesConsumed - reader.TokenStartIndex };
            var value = rows.ReadValue(
                ref reader, isComputed ? null : text, start, isComputed ? new TextValue(slice.Decode(), origin) : new TextValue(slice));
            Advance(ref reader);
            if (_isArray)
                return value;
            _only = value;
        }
    }

    private void Advance(ref Utf8JsonReader reader)
    {
        _at += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>Reads on, into a longer window where the element that was begun fills more than half of it.</summary>
    private void Fill()
    {
        int kept = _length - _at;
        if (kept > MaxElementBytes / 2)
            throw new TextException(
                Invariant(
                    $"`{text.Source.Name}` has a JSON value of more than {MaxElementBytes / 2:N0} bytes; write its elements as JSON lines and use `parse jsonl`"));

        long left = text.Length - _windowStart - _length;
        byte[] window = kept > _window.Length / 2 || _window.Length == 0
            ? new byte[Math.Min(Math.Min(Math.Max(WindowBytes, 2L * kept), MaxElementBytes), kept + left)]
            : _window;
        _window.AsSpan(_at, kept).CopyTo(window);
        _window = window;
        _windowStart += _at;
        _at = 0;
        int added = (int)Math.Min(window.Length - kept, left);
        text.Source.ReadLines(text.Start + _windowStart + kept, window.AsSpan(kept, added));
        _length = kept + added;
    }
}
