using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Tests.Texts.Encodings;

internal sealed class AsciiBytesTests
{
    /// <summary>What is left of ASCII before another byte: a block, or the end behind the last one.</summary>
    private const int MostLeft = 128;

    [Test]
    public void CountAtStart_OneOtherByte_EndsBeforeIt()
    {
        byte[] bytes = new byte[300];
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.That(AsciiBytes.CountAtStart(bytes.AsSpan(0, length)), Is.EqualTo(length));
            for (int at = 0; at < length; at++)
            {
                bytes[at] = (at & 1) == 0 ? (byte)0x80 : (byte)0xFF;
                int count = AsciiBytes.CountAtStart(bytes.AsSpan(0, length));
                if (count > at || count < at - MostLeft)
                    Assert.Fail($"{count} of {length} bytes, and byte {at} is another");
                bytes[at] = 0x7F;
            }

            bytes.AsSpan().Clear();
        }
    }
}
