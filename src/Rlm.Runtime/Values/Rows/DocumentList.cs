namespace Rlm.Runtime.Values.Rows;

/// <summary>The rows of documents. One is made when it is looked at, which reads its file.</summary>
internal sealed class DocumentList(IReadOnlyList<TextSource> sources, Func<TextSource, Value> makeRow) : MadeList<Value>
{
    public override int Count => sources.Count;

    public override Value this[int index] => makeRow(sources[index]);
}
