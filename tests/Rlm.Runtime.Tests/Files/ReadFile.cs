using System.Text;

namespace Rlm.Runtime.Tests.Files;

/// <summary>What a reader tells of a file.</summary>
internal sealed class ReadFile : IRlmFileText
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _gaps = [];

    public string Text => _text.ToString();

    /// <summary>The text, each place before what is cited by it.</summary>
    public string Places { get; private set; } = "";

    public IReadOnlyList<string> Gaps => _gaps;

    public static ReadFile Of(byte[] file, string name = "file")
    {
        var read = new ReadFile();
        RlmFiles.Reader.Read(name, new MemoryStream(file), read);
        return read;
    }

    public List<(string Place, RlmMailHeader Header)> Mails { get; } = [];

    public void StartMail(string place, RlmMailHeader header)
    {
        Mails.Add((place, header));
        Places += $"[{place}]";
    }

    public void StartPlace(string place) => Places += $"[{place}]";

    public void Write(string text)
    {
        _text.Append(text);
        Places += text;
    }

    public void AddGap(string gap) => _gaps.Add(gap);
}
