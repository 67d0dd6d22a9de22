using System.Net;
using System.Text.Json;

namespace Rlm.Server.Answers;

/// <summary>A request's body, byte for byte but for the model's name.</summary>
/// <param name="body">The body.</param>
/// <param name="start">Where the name begins.</param>
/// <param name="end">Where it is over.</param>
/// <param name="model">The name in its place.</param>
internal sealed class ForwardedBody(ReadOnlyMemory<byte> body, int start, int end, string model) : HttpContent
{
    private readonly byte[] _model = [(byte)'"', .. JsonEncodedText.Encode(model).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>Whether any of it may have been sent.</summary>
    public bool IsSent { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsSent = true;
        await stream.WriteAsync(body[..start], cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_model, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(body[end..], cancellationToken).ConfigureAwait(false);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length - (end - start) + _model.Length;
        return true;
    }
}
