using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>A file of a folder that is read when its text is first used.</summary>
/// <param name="files">Reads it.</param>
/// <param name="place">Its place among them.</param>
/// <param name="madeOf">The file, and what tells its reader from others.</param>
/// <param name="isMail">Whether it is a mail; its header is empty where it cannot be read.</param>
internal sealed class DeferredTextSource(
    DeferredFiles files, int place, (ListedFile File, string Reader) madeOf, bool isMail) : TextSource(madeOf.File.Name)
{
    private static readonly RlmMailHeader NoHeader = new("", "", null, "");

    private TextSource? _text;

    public override long LengthBytes => Text.LengthBytes;

    internal override long FileBytes => madeOf.File.LengthBytes;

    internal override bool IsNear => Text.IsNear;

    internal override string? State => madeOf.File.State;

    internal override PlaceMap? Places => Text.Places;

    internal override RlmMailHeader? Mail => isMail ? Text.Mail ?? NoHeader : null;

    internal override bool IsMail => isMail;

    internal override bool IsRead => Volatile.Read(ref _text) is not null;

    internal override (ListedFile File, string Reader)? MadeOf => madeOf;

    internal override string? Gap => Text.Gap;

    private TextSource Text => Volatile.Read(ref _text) ?? Read();

    internal override ReadOnlySpan<byte> GetSpan(long start, int length) => Text.GetSpan(start, length);

    internal override void ReadBytes(long offset, Span<byte> buffer) => Text.ReadBytes(offset, buffer);

    internal override string? FindPlace(long offset) => Text.FindPlace(offset);

    private protected override void Release() => files.Release(place);

    private TextSource Read()
    {
        var text = files.Read(place);
        if (isMail && text.Documents is [var mail])
            text = mail;
        Volatile.Write(ref _text, text);
        return text;
    }
}
