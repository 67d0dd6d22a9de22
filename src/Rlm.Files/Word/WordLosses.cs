namespace Rlm.Files.Word;

/// <summary>What of a document is not in its text.</summary>
internal sealed class WordLosses
{
    private readonly HashSet<string> _told = [];
    private int _changes;
    private int _hidden;
    private int _signs;
    private int _embedded;

    public void AddChange() => _changes++;

    /// <summary>Whether an element holds what a tracked change deletes. Counts the change.</summary>
    public bool IsDeletion(string name)
    {
        if (name is "ins" or "del" or "moveFrom" or "moveTo")
            AddChange();
        return name is "del" or "moveFrom";
    }

    public void AddHidden() => _hidden++;

    public void AddSign() => _signs++;

    public void AddEmbedded() => _embedded++;

    /// <summary>Adds a field that shows what is not in the file, by its name.</summary>
    public void AddField(string name) => Add($"what its fields {name} show is not in the file, and is left out");

    public void Add(string gap) => _told.Add(gap);

    public void TellTo(IRlmFileText text)
    {
        if (_changes > 0)
            text.AddGap("it has tracked changes: what they delete is not in the text, and what they insert is");
        Tell(_hidden, "piece of text is", "pieces of text are", "hidden, and left out");
        Tell(_signs, "sign has", "signs have", "no letter in Unicode that is known");
        Tell(_embedded, "document is", "documents are", "embedded, and not read");
        foreach (string gap in _told)
            text.AddGap(gap);

        void Tell(int count, string one, string several, string what)
        {
            if (count > 0)
                text.AddGap(Invariant($"{count:N0} {(count == 1 ? one : several)} {what}"));
        }
    }
}
