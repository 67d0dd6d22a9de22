namespace Rlm.Files.Word;

/// <summary>The notes that a document refers to, in the order that it does.</summary>
/// <param name="kind">What a place calls one, such as <c>footnote</c>.</param>
/// <param name="before">What its mark begins with.</param>
/// <param name="behind">What its mark ends with.</param>
internal sealed class WordNotes(string kind, string before, string behind)
{
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Kind => kind;

    public int Count => _ids.Count;

    /// <summary>Refers to a note, and gives the mark that stands in the text.</summary>
    public string Refer(string id)
    {
        if (_known.Add(id))
            _ids.Add(id);
        return MarkOf(_ids.IndexOf(id) + 1);
    }

    public IEnumerable<(string Id, string Mark, string Place)> All() =>
        _ids.Select((id, i) => (id, MarkOf(i + 1), Invariant($"{kind} {i + 1}")));

    private string MarkOf(int number) => Invariant($"{before}{number}{behind}");
}
