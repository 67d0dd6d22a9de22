using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Tests.Texts.Measures;

internal sealed class WordBlocksTests
{
    [Test]
    public void Classify_AnyWidth_KnowsEveryByte()
    {
        byte[] block = new byte[WordBlocks.BlockBytes];
        for (int first = 0; first < 256; first++)
        {
            for (int i = 0; i < block.Length; i++)
                block[i] = (byte)(first + (7 * i));
            var expected = (
                Bits(block, value => char.IsAsciiLetterOrDigit((char)value) || value == '_'),
                Bits(block, value => value is (byte)'\'' or (byte)'-'),
                Bits(block, value => value == '\n'));

            Assert.That(WordBlocks.Classify(block), Is.EqualTo(expected));
            Assert.That(WordBlocks.ClassifyWide(block), Is.EqualTo(expected));
        }
    }

    [Test]
    public void FindBeginnings_AnyWidth_FindsEveryForm()
    {
        var random = new Random(19);
        var forms = new WordForms([("it"u8.ToArray(), 0), ("items"u8.ToArray(), 1), ("_"u8.ToArray(), 2), ("4-2"u8.ToArray(), 3)]);
        byte[] block = new byte[WordBlocks.BlockBytes + 1];
        for (int round = 0; round < 1_000; round++)
        {
            for (int i = 0; i < block.Length; i++)
                block[i] = "iItT_4-2 x"u8[random.Next(10)];
            ulong expected = 0;
            for (int i = 0; i < WordBlocks.BlockBytes; i++)
            {
                char next = (char)(block[i + 1] | 0x20);
                bool isBeginning = (char)(block[i] | 0x20) switch { 'i' => next == 't', '4' => next == '-', _ => block[i] == '_' };
                expected |= isBeginning ? 1UL << i : 0;
            }

            Assert.That(forms.FindNarrow(block), Is.EqualTo(expected));
            Assert.That(forms.FindWide(block), Is.EqualTo(expected));
            Assert.That(forms.FindBeginnings(block), Is.EqualTo(expected));
        }
    }

    private static ulong Bits(byte[] block, Func<byte, bool> isSet)
    {
        ulong bits = 0;
        for (int i = 0; i < block.Length; i++)
            bits |= isSet(block[i]) ? 1UL << i : 0;
        return bits;
    }
}
