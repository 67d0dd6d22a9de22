namespace Rlm.Runtime.Shards.Parts;

/// <summary>The texts of all variables, which parts are added to in the order of their shards.</summary>
/// <param name="variables">The variables.</param>
/// <param name="owner">What stands before the names of the texts; empty for nothing.</param>
internal sealed class MergedTexts(IReadOnlyList<PartVariable> variables, string owner = "") : IDisposable
{
    private readonly List<MergedText> _texts = [.. variables.SelectMany(static variable => variable.Texts).Select(text => new MergedText(owner, text.Name, text.FileBytes))];

    /// <summary>Adds what a part holds of each; it is read up to what stands behind.</summary>
    public void Add(PartStream part)
    {
        for (long left = part.ReadCount(); left > 0; left--)
        {
            var text = PartText.Read(part);
            TextAt(text.Place).Add(text, part);
        }

        foreach (var (place, gap) in part.ReadAll(static part => ((int)part.ReadCount(), part.ReadText())))
            TextAt(place).Gap = gap;
    }

    private MergedText TextAt(int place) => place < _texts.Count ? _texts[place] : throw new EndOfStreamException();

    /// <summary>The variables. Their texts have to live as long as they are used.</summary>
    /// <param name="findGap">What is missing of a text, by its place; null for nothing.</param>
    public IReadOnlyList<RlmVariable> ToVariables(Func<int, string?> findGap)
    {
        var sources = new Queue<TextSource>(_texts.Select((text, place) => text.ToSource(findGap(place))));
        return [.. variables.Select(variable => variable.IsDocuments
            ? RlmVariable.Documents(variable.Mark.Name, [.. variable.Texts.Select(_ => sources.Dequeue())])
            : RlmVariable.Text(variable.Mark.Name, sources.Dequeue()))];
    }

    public void Dispose()
    {
        foreach (var text in _texts)
            text.Dispose();
    }

    /// <summary>The variables as one part alone has them: its own lines.</summary>
    /// <param name="part">The part, at its header.</param>
    public static IReadOnlyList<RlmVariable> ReadAlone(PartStream part) => ReadAlone(part, "");

    /// <summary>The same, with something before the names of the texts.</summary>
    public static IReadOnlyList<RlmVariable> ReadAlone(PartStream part, string owner)
    {
        using var texts = new MergedTexts(PartHeader.Read(part).Variables, owner);
        texts.Add(part);
        return texts.ToVariables(static _ => null);
    }
}
