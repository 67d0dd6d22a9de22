namespace Rlm.Files.Mail;

/// <summary>A mail, or a part of one, with its parts.</summary>
internal sealed class MimePart
{
    public const string PlainText = "text/plain";

    private readonly MimeValue _type;
    private readonly MimeValue _disposition;

    private MimePart(MimeHeaders headers, ReadOnlyMemory<byte> body, string defaultType)
    {
        Headers = headers;
        Body = body;
        _type = MimeValue.Parse(headers.Find("Content-Type"));
        _disposition = MimeValue.Parse(headers.Find("Content-Disposition"));
        Type = headers.Find("Content-Type") is null ? defaultType
            : _type.Value.Split('/') is [{ Length: > 0 }, { Length: > 0 }] ? _type.Value
            : PlainText;
    }

    public MimeHeaders Headers { get; }

    /// <summary>Such as <c>text/plain</c>.</summary>
    public string Type { get; }

    /// <summary>What stands below the headers, not decoded; of one with parts also what they are of.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public IReadOnlyList<MimePart> Parts { get; private set; } = [];

    /// <summary>What stands behind the last part.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; }

    /// <summary>What is wrong with the parts; null where nothing is.</summary>
    public string? Problem { get; private set; }

    public bool IsMultipart => Parts.Count > 0;

    public bool IsAttachment => _disposition.Value == "attachment";

    public string? Charset => _type.Find("charset");

    public string? Encoding
    {
        get
        {
            bool isGuess = false;
            return Headers.Find("Content-Transfer-Encoding") is { } value
                ? MimeValue.RemoveComments(EncodedWords.Decode(value, ref isGuess)).TrimEnd(';', ' ').Trim()
                : null;
        }
    }

    public string? FileName => _disposition.Find("filename") ?? _type.Find("name");

    /// <summary>What the body stands for.</summary>
    /// <param name="onProblem">Told what is wrong with it.</param>
    public ReadOnlyMemory<byte> Decode(Action<string> onProblem)
    {
        var bytes = TransferEncoding.Decode(Body, Encoding, out string? problem);
        if (problem is not null)
            onProblem(problem);
        return bytes;
    }

    public string? FindParameter(string name) => _type.Find(name);

    /// <summary>Reads a mail or a part.</summary>
    /// <param name="bytes">Its headers and its body.</param>
    /// <param name="defaultType">What it is where it does not say.</param>
    /// <param name="allowance">How many parts may be read yet.</param>
    /// <param name="depth">In how many others it lies.</param>
    public static MimePart Read(ReadOnlyMemory<byte> bytes, string defaultType, PartAllowance allowance, int depth = 0)
    {
        var headers = MimeHeaders.Read(bytes.Span, out int bodyStart);
        var part = new MimePart(headers, bytes[bodyStart..], defaultType);
        if (part.Type.StartsWith("multipart/", StringComparison.Ordinal))
            part.ReadParts(allowance, depth);
        return part;
    }

    private void ReadParts(PartAllowance allowance, int depth)
    {
        if (_type.Find("boundary") is not { } boundary)
        {
            Problem = "nothing bounds its parts, so that their text is as it is";
            return;
        }

        if (depth >= PartAllowance.MostDepth)
        {
            Problem = Invariant($"its parts lie in more than {PartAllowance.MostDepth} others, so that their text is as it is");
            return;
        }

        string defaultType = Type == "multipart/digest" ? "message/rfc822" : PlainText;
        var bounds = PartBounds.Find(Body, boundary);
        if (TransferEncoding.IsKnown(Encoding) && FindDecoded(bounds, boundary, out string? damage) is { } decoded)
            bounds = decoded;
        else
            damage = null;

        var parts = new List<MimePart>();
        foreach (var part in bounds.Parts)
        {
            if (!allowance.Take())
                break;
            parts.Add(Read(part, defaultType, allowance, depth + 1));
        }

        (Parts, Rest) = (parts, bounds.Rest);
        Problem = allowance.IsUsedUp ? Invariant($"it has more than {PartAllowance.Most:N0} parts")
            : parts.Count == 0 ? "its parts are not found, so that their text is as it is"
            : !bounds.HaveEnded ? "its parts do not end as they should, so that some may be missing"
            : damage;
    }

    /// <summary>
    /// The parts of a body that is encoded as a whole, which none should be; null where it only says so, and its parts are encoded each for
    /// itself.
    /// </summary>
    private PartBounds? FindDecoded(PartBounds bounds, string boundary, out string? damage)
    {
        var decoded = PartBounds.Find(TransferEncoding.Decode(Body, Encoding, out damage), boundary);
        if (decoded.Parts.Count == 0 || bounds.Parts.Count == 0)
            return decoded.Parts.Count == 0 ? null : decoded;

        bool isEncoded = damage is null;
        foreach (var part in bounds.Parts)
        {
            var headers = MimeHeaders.Read(part.Span, out int bodyStart);
            if (part.Span[..bodyStart].IndexOf("=3D"u8) >= 0)
                return decoded;
            isEncoded &= headers.Find("Content-Transfer-Encoding") is null;
        }

        return isEncoded ? decoded : null;
    }
}
