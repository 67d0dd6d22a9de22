using System.Text;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>Keeps the text that a reader makes of a file, with its places and gaps.</summary>
internal sealed class SpooledFileText(string name) : IRlmFileText, IDisposable
{
    private readonly TextSpool _spool = new(name);
    private readonly PlaceMap _places = new();
    private readonly List<string> _gaps = [];
    private long _length;

    public void StartPlace(string place) => _places.Add(_length, place);

    public void Write(string text)
    {
        // Half of a surrogate pair becomes a replacement character.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _spool.Write(bytes);
        _length += bytes.Length;
    }

    public void AddGap(string gap) => _gaps.Add(gap);

    public TextSource ToSource()
    {
        var source = _spool.ToSource();
        source.Places = _places;
        source.Gap = _gaps.Count == 0 ? null : string.Join("; ", _gaps);
        return source;
    }

    public void Dispose() => _spool.Dispose();
}
