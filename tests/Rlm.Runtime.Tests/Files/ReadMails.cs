using System.Text;

namespace Rlm.Runtime.Tests.Files;

/// <summary>What the reader tells of mails.</summary>
internal sealed class ReadMails : IRlmFileText
{
    private readonly List<RlmMailHeader> _headers = [];
    private readonly List<string> _texts = [];
    private readonly List<string> _places = [];
    private readonly List<string> _gaps = [];

    public IReadOnlyList<RlmMailHeader> Headers => _headers;

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The places in their order, those of attachments among them.</summary>
    public IReadOnlyList<string> Places => _places;

    public IReadOnlyList<string> Gaps => _gaps;

    /// <summary>What stands below the headers.</summary>
    public IEnumerable<string> Bodies => _texts.Select(text => text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].TrimEnd('\n'));

    /// <param name="file">The file; letters stand for bytes.</param>
    /// <param name="name">What it is called.</param>
    public static ReadMails Of(string file, string name = "box.mbox") => Of(Encoding.Latin1.GetBytes(file), name);

    public static ReadMails Of(byte[] file, string name = "box.mbox")
    {
        var read = new ReadMails();
        using var stream = new MemoryStream(file);
        RlmFiles.Reader.Read(name, stream, read);
        return read;
    }

    /// <summary>One mail of these lines.</summary>
    public static ReadMails OfMail(params string[] lines) => Of(string.Join('\n', lines), "mail.eml");

    public void StartPlace(string place) => _places.Add(place);

    public void StartMail(string place, RlmMailHeader header)
    {
        _places.Add(place);
        _headers.Add(header);
        _texts.Add("");
    }

    public void Write(string text) => _texts[^1] += text;

    public void AddGap(string gap) => _gaps.Add(gap);
}
