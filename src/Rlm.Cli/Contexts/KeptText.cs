namespace Rlm.Cli.Contexts;

/// <summary>Hands a text on, and keeps it.</summary>
internal sealed class KeptText(IRlmFileText text, KeptRecords kept) : IRlmFileText
{
    public void StartMail(string place, RlmMailHeader header)
    {
        text.StartMail(place, header);
        kept.Add(writer => writer.StartMail(place, header));
    }

    public void StartPlace(string place)
    {
        text.StartPlace(place);
        kept.Add(writer => writer.StartPlace(place));
    }

    public void Write(string content)
    {
        text.Write(content);
        kept.Add(writer => writer.Write(content));
    }

    public void AddGap(string gap)
    {
        text.AddGap(gap);
        kept.Add(writer => writer.AddGap(gap));
    }
}
