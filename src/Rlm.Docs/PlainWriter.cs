using System.Text;

namespace Rlm.Docs;

/// <summary>Writes the text alone.</summary>
internal sealed class PlainWriter(Stream output) : IRlmFileText
{
    private readonly List<string> _gaps = [];

    public IReadOnlyList<string> Gaps => _gaps;

    public void StartPlace(string place)
    {
    }

    public void Write(string text) => output.Write(Encoding.UTF8.GetBytes(text));

    public void AddGap(string gap) => _gaps.Add(gap);

    /// <summary>Ends the last line.</summary>
    public void End() => output.Write("\n"u8);
}
