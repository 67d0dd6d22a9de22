using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Tests.Texts.Encodings;

internal sealed class AsciiBytesTests
{
    [Test]
    public void AreAll_OneOtherByte_IsFoundAtAnyPlace()
    {
        byte[] bytes = new byte[300];
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.That(AsciiBytes.AreAll(bytes.AsSpan(0, length)), Is.True, $"{length} bytes");
            for (int at = 0; at < length; at++)
            {
                bytes[at] = (at & 1) == 0 ? (byte)0x80 : (byte)0xFF;
                if (AsciiBytes.AreAll(bytes.AsSpan(0, length)))
                    Assert.Fail($"byte {at} of {length} is not found");
                bytes[at] = 0x7F;
            }

            bytes.AsSpan().Clear();
        }
    }
}
