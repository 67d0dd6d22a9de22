using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Rlm.Runtime.Models;

/// <summary>What a call is known by; its text is what a journal holds.</summary>
internal readonly record struct CallKey(UInt128 Hash)
{
    /// <summary>The key of what tells a call from others, each part ended by a zero byte.</summary>
    public static CallKey Of(params ReadOnlySpan<string?> parts)
    {
        int length = 0;
        foreach (string? part in parts)
            length += Encoding.UTF8.GetByteCount(part ?? "") + 1;

        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        int at = 0;
        foreach (string? part in parts)
        {
            at += Encoding.UTF8.GetBytes(part, bytes.AsSpan(at));
            bytes[at++] = 0;
        }

        var hash = XxHash128.HashToUInt128(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return new CallKey(hash);
    }

    /// <summary>The key is a hash already.</summary>
    public override int GetHashCode() => (int)Hash;

    public override string ToString() => Hash.ToString("x32", CultureInfo.InvariantCulture);
}
