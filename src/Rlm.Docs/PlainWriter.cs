using System.Text;

namespace Rlm.Docs;

/// <summary>Writes the text alone.</summary>
internal sealed class PlainWriter(Stream output) : IRlmFileText
{
    private readonly List<string> _gaps = [];
    private bool _hasMail;

    public IReadOnlyList<string> Gaps => _gaps;

    public void StartMail(string place, RlmMailHeader header)
    {
        if (_hasMail)
            output.Write("\n\f\n"u8);
        _hasMail = true;
    }

    public void StartPlace(string place)
    {
    }

    public void Write(string text) => output.Write(Encoding.UTF8.GetBytes(text));

    public void AddGap(string gap) => _gaps.Add(gap);

    /// <summary>Ends the last line.</summary>
    public void End() => output.Write("\n"u8);
}
