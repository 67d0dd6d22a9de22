using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Texts;

/// <summary>Finds texts in a window of bytes. Not for use by two threads at once.</summary>
internal abstract class ByteFinder : IDisposable
{
    /// <summary>The length in bytes of the longest text.</summary>
    public int MaxLengthBytes { get; private init; }

    /// <summary>A finder of any of the texts; in either case only for ASCII texts.</summary>
    public static ByteFinder Of(string[] texts, bool ignoreCase)
    {
        int longest = texts.Max(Encoding.UTF8.GetByteCount);
        return texts.Length == 1 && !ignoreCase
            ? new OneText(Encoding.UTF8.GetBytes(texts[0])) { MaxLengthBytes = longest }
            : new SomeTexts(texts, ignoreCase) { MaxLengthBytes = longest };
    }

    /// <summary>Takes the window that <see cref="Find"/> looks in.</summary>
    public abstract void Load(byte[] window, int length);

    /// <summary>The first place from one offset on and before another, or -1.</summary>
    public abstract int Find(int start, int end);

    public abstract void Dispose();

    private sealed class OneText(byte[] text) : ByteFinder
    {
        private byte[] _window = [];

        public override void Load(byte[] window, int length) => _window = window;

        public override int Find(int start, int end) =>
            _window.AsSpan(start, end - start).IndexOf(text) is var at && at < 0 ? -1 : start + at;

        public override void Dispose()
        {
        }
    }

    /// <summary>
    /// Widens each byte to a character, which is nearly free, since only for characters there is a vectorised search for several
    /// texts and for either case. Places stay the same; no letter above ASCII in Latin-1 equals an ASCII letter in the other case.
    /// </summary>
    private sealed class SomeTexts(string[] texts, bool ignoreCase) : ByteFinder
    {
        private readonly SearchValues<string> _texts = SearchValues.Create(
            [.. texts.Select(text => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)))],
            ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

        private char[] _window = [];

        public override void Load(byte[] window, int length)
        {
            if (_window.Length < length)
            {
                Dispose();
                _window = ArrayPool<char>.Shared.Rent(length);
            }

            Encoding.Latin1.GetChars(window.AsSpan(0, length), _window);
        }

        public override int Find(int start, int end) =>
            _window.AsSpan(start, end - start).IndexOfAny(_texts) is var at && at < 0 ? -1 : start + at;

        public override void Dispose()
        {
            if (_window.Length > 0)
                ArrayPool<char>.Shared.Return(_window);
            _window = [];
        }
    }
}
