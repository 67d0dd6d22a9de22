using System.Text;

namespace Rlm.Offline.Replies;

/// <summary>Reads <c>one of ["a", "b"]</c>, <c>list of {name: text?}</c> and the rest; what it cannot read is text.</summary>
internal sealed class ReplyTypeReader
{
    private const int DeepestNesting = 16;

    private readonly string _notation;
    private int _at;

    private ReplyTypeReader(string notation) => _notation = notation;

    public static ReplyType Read(string? notation) =>
        string.IsNullOrWhiteSpace(notation) ? ReplyType.Text : new ReplyTypeReader(notation).Type(0);

    private ReplyType Type(int depth)
    {
        ReplyType type = depth > DeepestNesting ? ReplyType.Text : Base(depth);
        return Take('?') ? type with { IsOptional = true } : type;
    }

    private ReplyType Base(int depth)
    {
        if (Take('{'))
            return Record(depth);

        switch (Word().ToLowerInvariant())
        {
            case "number":
                return new ReplyType(ReplyKind.Number);
            case "bool":
                return new ReplyType(ReplyKind.Bool);
            case "date":
                return new ReplyType(ReplyKind.Date);
            case "quote":
                return new ReplyType(ReplyKind.Quote);
            case "list":
                Word();
                return new ReplyType(ReplyKind.ListOf) { Item = Type(depth + 1) };
            case "one":
                Word();
                return Labels() is { Count: > 0 } labels ? new ReplyType(ReplyKind.OneOf) { Labels = labels } : ReplyType.Text;
            default:
                return ReplyType.Text;
        }
    }

    private ReplyType Record(int depth)
    {
        List<(string, ReplyType)> fields = [];
        while (!Take('}') && _at < _notation.Length)
        {
            string name = Word();
            if (name.Length == 0 || !Take(':'))
                break;
            fields.Add((name, Type(depth + 1)));
            Take(',');
        }

        return fields.Count == 0 ? ReplyType.Text : new ReplyType(ReplyKind.Record) { Fields = fields };
    }

    private List<string> Labels()
    {
        List<string> labels = [];
        if (!Take('['))
            return labels;

        while (!Take(']') && Take('"'))
        {
            StringBuilder label = new();
            while (_at < _notation.Length && _notation[_at] != '"')
            {
                if (_notation[_at] == '\\' && _at + 1 < _notation.Length)
                    _at++;
                label.Append(_notation[_at++]);
            }

            Take('"');
            labels.Add(label.ToString());
            Take(',');
        }

        return labels;
    }

    private string Word()
    {
        Skip();
        int start = _at;
        while (_at < _notation.Length && (char.IsLetterOrDigit(_notation[_at]) || _notation[_at] == '_'))
            _at++;
        return _notation[start.._at];
    }

    private bool Take(char c)
    {
        Skip();
        if (_at >= _notation.Length || _notation[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void Skip()
    {
        while (_at < _notation.Length && char.IsWhiteSpace(_notation[_at]))
            _at++;
    }
}
