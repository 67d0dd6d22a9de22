using System.Text;

namespace Rlm.Docs;

/// <summary>Writes the text alone; what is missing of a mail is told with the mail's place.</summary>
internal sealed class PlainWriter(Stream output) : IRlmFileText
{
    private readonly List<string> _gaps = [];
    private string? _mail;

    public IReadOnlyList<string> Gaps => _gaps;

    public void StartMail(string place, RlmMailHeader header)
    {
        if (_mail is not null)
            output.Write("\n\f\n"u8);
        _mail = place;
    }

    public void StartPlace(string place)
    {
    }

    public void Write(string text) => output.Write(Encoding.UTF8.GetBytes(text));

    public void AddGap(string gap) => _gaps.Add(_mail is { Length: > 0 } ? $"{_mail}: {gap}" : gap);

    /// <summary>Ends the last line.</summary>
    public void End() => output.Write("\n"u8);
}
