using System.Buffers;
using System.Text;

namespace Rlm.Cli.Contexts;

/// <summary>Writes a file as <c>rlm-docs --records</c> takes one of many: its name, then its bytes, in pieces behind their lengths.</summary>
internal static class DocsPieces
{
    private const int PieceBytes = 64 * 1024;
    private const int CountBytes = 16;

    public static void Write(string name, Stream file, Stream output)
    {
        var whole = new BufferedStream(output, PieceBytes + CountBytes);
        WritePiece(Encoding.UTF8.GetBytes(name), whole);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        for (int count; (count = file.Read(piece.AsSpan(0, PieceBytes))) > 0;)
            WritePiece(piece.AsSpan(0, count), whole);
        ArrayPool<byte>.Shared.Return(piece);
        whole.Write("0\n"u8);
        whole.Flush();
    }

    private static void WritePiece(ReadOnlySpan<byte> piece, Stream output)
    {
        output.Write(Encoding.ASCII.GetBytes(Invariant($"{piece.Length}\n")));
        output.Write(piece);
    }
}
