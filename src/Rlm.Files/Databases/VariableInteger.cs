namespace Rlm.Files.Databases;

/// <summary>Numbers of one to nine bytes, whose high bit says that another one follows.</summary>
internal static class VariableInteger
{
    private const int MostBytes = 9;

    /// <summary>Reads one, and goes behind it.</summary>
    /// <exception cref="InvalidDataException">It is cut off.</exception>
    public static long Read(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < MostBytes; i++)
        {
            if (i == bytes.Length)
                throw new InvalidDataException("a number is cut off");

            byte next = bytes[i];
            if (i == MostBytes - 1)
            {
                value = (value << 8) | next;
            }
            else
            {
                value = (value << 7) | (uint)(next & 0x7F);
                if (next >= 0x80)
                    continue;
            }

            bytes = bytes[(i + 1)..];
            break;
        }

        return (long)value;
    }
}
