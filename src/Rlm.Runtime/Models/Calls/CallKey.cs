using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What a call is known by; its text is what a journal holds.</summary>
/// <remarks>
/// Two calls have one key only where the same bytes are sent, but for <see cref="VaryingText"/>, and for the schema of the reply, which
/// says what the prompt says.
/// </remarks>
internal readonly record struct CallKey(UInt128 Hash)
{
    /// <summary>
    /// Bytes that occur in no UTF-8: a zero inside a part, a place where a varying text stands, and what opens an option.
    /// </summary>
    private const byte ZeroInside = 0xFF, VaryingPlace = 0xFE, OptionFollows = 0xFD;

    private const int MaxKeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The key of what is asked of a model.</summary>
    /// <param name="name">What the run calls the model; two models never share a reply.</param>
    /// <param name="model">The model.</param>
    /// <param name="messages">The whole prompt.</param>
    /// <param name="options">What is asked for beside it; the longest reply is the one that is wanted, of which a limit may allow
    /// less.</param>
    /// <param name="sample">The number of the sample of this prompt.</param>
    public static CallKey Of(string name, ChatClientMetadata? model, IReadOnlyList<ChatMessage> messages, ChatOptions options, int sample)
    {
        var bytes = _buffer ??= new ArrayBufferWriter<byte>();
        bytes.ResetWrittenCount();
        Append(bytes, name);
        Append(bytes, model?.ProviderName);
        Append(bytes, options.ModelId ?? model?.DefaultModelId);
        Append(bytes, Invariant($"max_tokens={options.MaxOutputTokens};sample={sample}"));
        foreach (var message in messages)
        {
            Append(bytes, message.Role.Value);
            foreach (var content in message.Contents)
            {
                if (VaryingText.Is(content))
                    AppendByte(bytes, VaryingPlace);
                else if (content is TextContent text)
                    AppendPiece(bytes, text.Text);
            }

            AppendByte(bytes, 0);
        }

        AppendOptions(bytes, options);
        var key = new CallKey(XxHash128.HashToUInt128(bytes.WrittenSpan));
        if (bytes.Capacity > MaxKeptBytes)
            _buffer = null;
        return key;
    }

    /// <summary>The key is a hash already.</summary>
    public override int GetHashCode() => (int)Hash;

    public override string ToString() => Hash.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Whatever else may be sent, by name; what is not set is not told.</summary>
    private static void AppendOptions(ArrayBufferWriter<byte> bytes, ChatOptions options)
    {
        AppendOption(bytes, "instructions", options.Instructions);
        AppendOption(bytes, "temperature", options.Temperature);
        AppendOption(bytes, "top_p", options.TopP);
        AppendOption(bytes, "top_k", options.TopK);
        AppendOption(bytes, "frequency_penalty", options.FrequencyPenalty);
        AppendOption(bytes, "presence_penalty", options.PresencePenalty);
        AppendOption(bytes, "seed", options.Seed);
        foreach (string sequence in options.StopSequences ?? [])
            AppendOption(bytes, "stop", sequence);
        foreach (var (property, value) in options.AdditionalProperties?.OrderBy(property => property.Key, StringComparer.Ordinal)
            ?? Enumerable.Empty<KeyValuePair<string, object?>>())
            AppendOption(bytes, property, value);
    }

    private static void AppendOption(ArrayBufferWriter<byte> bytes, string option, object? value)
    {
        if (value is null)
            return;

        AppendByte(bytes, OptionFollows);
        Append(bytes, option);
        Append(bytes, Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    /// <summary>A part, ended by a zero byte.</summary>
    private static void Append(ArrayBufferWriter<byte> bytes, string? part)
    {
        AppendPiece(bytes, part);
        AppendByte(bytes, 0);
    }

    private static void AppendByte(ArrayBufferWriter<byte> bytes, byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    private static void AppendPiece(ArrayBufferWriter<byte> bytes, string? text)
    {
        var piece = bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0));
        int length = Encoding.UTF8.GetBytes(text, piece);
        piece[..length].Replace((byte)0, ZeroInside);
        bytes.Advance(length);
    }
}
