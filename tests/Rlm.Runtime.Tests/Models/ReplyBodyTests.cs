using System.IO.Compression;
using System.Text;
using Rlm.Providers.Wire;

namespace Rlm.Runtime.Tests.Models;

/// <summary>A reply's bytes, decompressed and bounded.</summary>
internal sealed class ReplyBodyTests
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("Grüße, 世界 ", 4_000));

    [TestCase("gzip")]
    [TestCase("GZip")]
    [TestCase("br")]
    [TestCase("identity")]
    [TestCase(null)]
    public async Task TryRead_Encoding_IsUndone(string? encoding)
    {
        using var content = Content(encoding);

        var whole = await ReplyBody.TryReadAsync(content, 1_000_000, CancellationToken.None);

        Assert.That(Encoding.UTF8.GetString(whole!.Value.Span), Is.EqualTo(Text));
    }

    [Test]
    public async Task ReadHead_Encoding_IsUndone()
    {
        using var content = Content("br");

        var head = await ReplyBody.ReadHeadAsync(content, 5, CancellationToken.None);

        Assert.That(Encoding.UTF8.GetString(head.Span), Is.EqualTo("Gr\u00FC\uFFFD"));
    }

    [TestCase("gzip")]
    [TestCase(null)]
    public async Task TryRead_MoreThanAllowed_IsNull(string? encoding)
    {
        using var content = Content(encoding);

        Assert.That(await ReplyBody.TryReadAsync(content, 50_000, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task TryRead_ClaimedLength_IsRefusedUnread()
    {
        using var content = new StreamContent(new MemoryStream("short"u8.ToArray()));
        content.Headers.TryAddWithoutValidation("Content-Length", "50001");

        Assert.That(await ReplyBody.TryReadAsync(content, 50_000, CancellationToken.None), Is.Null);
    }

    [TestCase("text/event-stream; charset=utf-8", "text/event-stream")]
    [TestCase("application/json", "application/json")]
    [TestCase("no type at all", "no type at all")]
    public void MediaType_Header_HasNoParameters(string header, string expected)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", header);

        Assert.That(ReplyBody.MediaType(content), Is.EqualTo(expected));
    }

    private static ByteArrayContent Content(string? encoding)
    {
        using var packed = new MemoryStream();
        using (var stream = encoding?.ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => (Stream)packed,
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(Text));
        }

        var content = new ByteArrayContent(packed.ToArray());
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return content;
    }
}
