using System.Text;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>Keeps the text that a reader makes of a file, with its places, its gaps and its mails.</summary>
/// <param name="name">What <c>cite</c> calls the file.</param>
/// <param name="content">What the reader said that it makes of it.</param>
internal sealed class SpooledFileText(string name, RlmFileContent content) : IRlmFileText, IDisposable
{
    private readonly TextSpool _spool = new(name);
    private readonly List<(string Name, long Start, RlmMailHeader Header)> _mails = [];

    // Of the file before its first mail, then of each mail that has any.
    private readonly Dictionary<int, PlaceMap> _places = [];
    private readonly Dictionary<int, List<string>> _gaps = [];
    private long _length;

    public void StartMail(string place, RlmMailHeader header)
    {
        if (content == RlmFileContent.Text)
        {
            StartPlace(place);
            return;
        }

        if (_mails.Count == 0 && _length > 0)
            throw new InvalidOperationException("A text was written before the first mail.");
        _mails.Add((place.Length == 0 ? name : $"{name}:{place}", _length, header));
    }

    public void StartPlace(string place)
    {
        if (!_places.TryGetValue(_mails.Count, out var places))
        {
            _places[_mails.Count] = places = new PlaceMap();
            if (_mails is [.., (_, var start, _)] && start < _length)
                places.Add(0, null);
        }

        places.Add(_length - (_mails is [.., var mail] ? mail.Start : 0), place);
    }

    public void Write(string text)
    {
        // Half of a surrogate pair becomes a replacement character.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _spool.Write(bytes);
        _length += bytes.Length;
    }

    public void AddGap(string gap)
    {
        if (!_gaps.TryGetValue(_mails.Count, out var gaps))
            _gaps[_mails.Count] = gaps = [];
        gaps.Add(gap);
    }

    public TextSource ToSource()
    {
        var source = _spool.ToSource();
        Complete(source, 0);
        if (_mails.Count > 0 || (content == RlmFileContent.Mails && _length == 0 && _gaps.Count == 0))
            source.Documents = [.. _mails.Select((_, at) => MailOf(source, at))];
        return source;
    }

    public void Dispose() => _spool.Dispose();

    private SlicedTextSource MailOf(TextSource source, int at)
    {
        var (mailName, start, header) = _mails[at];
        long end = at + 1 < _mails.Count ? _mails[at + 1].Start : _length;
        var mail = new SlicedTextSource(source, start, end - start, mailName) { Mail = header };
        Complete(mail, at + 1);
        return mail;
    }

    private void Complete(TextSource text, int place)
    {
        text.LikelyEncoding = null;
        text.Places = _places.GetValueOrDefault(place);
        text.Gap = _gaps.TryGetValue(place, out var gaps) ? string.Join("; ", gaps) : null;
    }
}
