using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Docs;

/// <summary>A file that comes in pieces, each behind a line with how many bytes it has; one of 0 ends it.</summary>
/// <param name="input">Where it comes from, with others behind it.</param>
internal sealed class PieceStream(Stream input) : ForwardStream(null)
{
    private const int MostNameBytes = 64 * 1024;

    private int _left;
    private bool _isAtEnd;

    /// <summary>The next name, which is a piece; null where the input has ended.</summary>
    public static string? ReadName(Stream input)
    {
        if (ReadCount(input) is not { } length)
            return null;
        if (length > MostNameBytes)
            throw MakeWrongInput();

        byte[] name = new byte[length];
        input.ReadExactly(name);
        return Encoding.UTF8.GetString(name);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 && !_isAtEnd)
        {
            _left = ReadCount(input) ?? throw new EndOfStreamException("the input ends within a file");
            _isAtEnd = _left == 0;
        }

        if (_isAtEnd || buffer.IsEmpty)
            return 0;

        int count = input.Read(buffer[..Math.Min(buffer.Length, _left)]);
        if (count == 0)
            throw new EndOfStreamException("the input ends within a file");
        _left -= count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    /// <summary>Passes over what nobody read.</summary>
    public void PassOver()
    {
        byte[] rest = new byte[16 * 1024];
        while (Read(rest) > 0)
        {
            // Until its end.
        }
    }

    /// <summary>The number of a line; null where the input has ended.</summary>
    private static int? ReadCount(Stream input)
    {
        const int most = 100_000_000;
        int number = 0;
        for (int digits = 0; ; digits++)
        {
            int next = input.ReadByte();
            if (next < 0 && digits == 0)
                return null;
            if (next == '\n' && digits > 0)
                return number;
            if (next is < '0' or > '9' || number > most)
                throw MakeWrongInput();
            number = (number * 10) + (next - '0');
        }
    }

    private static IOException MakeWrongInput() => new("the input is not of pieces behind their lengths");
}
