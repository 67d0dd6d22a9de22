using Rlm.Runtime.Texts.Sources;
using ZstdSharp;

namespace Rlm.Documents;

/// <summary>What is in a zstd file, with damage told as .NET's own streams tell it.</summary>
internal sealed class ZstdStream(DecompressionStream content) : ForwardStream(content)
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Inner.Read(buffer);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}
