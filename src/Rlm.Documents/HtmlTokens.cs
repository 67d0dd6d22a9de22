using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Rlm.Documents;

/// <summary>The tags and texts of HTML as they come, with what an element says of how its content is read.</summary>
internal sealed class HtmlTokens : IDisposable
{
    private const int TokensPerCheck = 4096;
    private const string SectionStart = "<![CDATA[";

    private readonly string _html;
    private readonly AngleSharp.Text.TextSource _source;
    private readonly HtmlTokenizer _tokens;
    private readonly CancellationToken _cancellationToken;

    // Only there an element may end in its own tag, as `<title/>`; to HTML that is a start.
    private readonly bool _isXml;

    private string? _hidden;
    private int _hiddenDepth;
    private int _hiddenAt;
    private string? _verbatim;
    private int _verbatimAt;
    private int _foreignDepth;

    // Where the last tag or text ends; what stands behind it is no more than comments and the like.
    private int _behind;

    /// <param name="html">A document, or a part of one.</param>
    /// <param name="isNeeded">Whether an attribute is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public HtmlTokens(string html, Func<ReadOnlyMemory<char>, bool> isNeeded, CancellationToken cancellationToken)
    {
        _html = html;
        _isXml = html.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("<?xml", StringComparison.Ordinal);
        _cancellationToken = cancellationToken;
        _source = new AngleSharp.Text.TextSource(html);
        _tokens = new HtmlTokenizer(_source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            ShouldEmitAttribute = (ref StructHtmlToken _, ReadOnlyMemory<char> name) => isNeeded(name),
        };
    }

    /// <summary>How many tokens came before this one.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Whether the token stands in an element that is not for readers, or ends it.</summary>
    public bool IsHidden { get; private set; }

    /// <summary>
    /// At the end of the file: what began and never ended, and the character that it begins at. By the standard it takes all that follows.
    /// Null where all has its end.
    /// </summary>
    public (string Name, int Start)? Unclosed { get; private set; }

    public ref StructHtmlToken Next()
    {
        if (++Index % TokensPerCheck == 0)
            _cancellationToken.ThrowIfCancellationRequested();

        int start = _source.Index;
        ref var token = ref _tokens.GetStructToken();
        IsHidden = _hidden is not null;
        switch (token.Type)
        {
            case HtmlTokenType.StartTag:
                Start(ref token);
                _behind = _source.Index;
                break;
            case HtmlTokenType.EndTag:
                End(token.Name);
                _behind = _source.Index;
                break;
            case HtmlTokenType.Character when !IsSection(start):
                _behind = _source.Index;
                break;
            case HtmlTokenType.EndOfFile:
                Unclosed = FindUnclosed();
                break;
        }

        _tokens.IsAcceptingCharacterData = _foreignDepth > 0;
        return ref token;
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _source.Dispose();
    }

    private void Start(ref StructHtmlToken token)
    {
        ReadOnlySpan<char> name = token.Name;
        bool isEmpty = token.IsSelfClosing && (_foreignDepth > 0 || _isXml);
        if (_foreignDepth == 0 && !isEmpty && HtmlElements.ModeOf(name) is not HtmlParseMode.PCData and var mode)
        {
            _tokens.State = mode;
            // All to the end of the file is meant to be in it.
            if (mode != HtmlParseMode.Plaintext)
                (_verbatim, _verbatimAt) = (name.ToString(), token.Position.Position - 1);
        }

        if (_hidden is not null)
        {
            if (name.SequenceEqual(_hidden) && !isEmpty)
                _hiddenDepth++;
            return;
        }

        switch (HtmlElements.Find(name))
        {
            case HtmlElement.Hidden when !isEmpty:
                (_hidden, _hiddenDepth, _hiddenAt) = (name.ToString(), 1, token.Position.Position - 1);
                break;
            case HtmlElement.Foreign:
                _foreignDepth += token.IsSelfClosing ? 0 : 1;
                break;
        }
    }

    private void End(ReadOnlySpan<char> name)
    {
        if (name.SequenceEqual(_verbatim))
            _verbatim = null;
        if (_hidden is null)
            _foreignDepth = HtmlElements.Find(name) == HtmlElement.Foreign ? Math.Max(0, _foreignDepth - 1) : _foreignDepth;
        else if (name.SequenceEqual(_hidden) && --_hiddenDepth == 0)
            _hidden = null;
    }

    /// <summary>Whether a section of characters begins here, as only SVG and MathML have them.</summary>
    private bool IsSection(int start) => _foreignDepth > 0 && _html.AsSpan(Math.Min(start, _html.Length)).StartsWith(SectionStart);

    private (string Name, int Start)? FindUnclosed()
    {
        if (_hidden is not null)
            return ($"<{_hidden}>", _hiddenAt);
        if (_verbatim is not null)
            return ($"<{_verbatim}>", _verbatimAt);

        for (int at = _behind; at < _html.Length && _html.IndexOf('<', at) is var start and >= 0;)
        {
            int last = FindEnd(start, out string name);
            if (last < 0)
                return (name, start);
            at = last + 1;
        }

        return null;
    }

    /// <summary>Where the last sign is of what begins here and is neither a tag nor a text; -1 where it has no end.</summary>
    private int FindEnd(int start, out string name)
    {
        var rest = _html.AsSpan(start);
        if (rest.StartsWith("<!--"))
        {
            name = "<!--";
            return FindCommentEnd(start);
        }

        if (IsSection(start))
        {
            name = SectionStart;
            return _html.IndexOf("]]>", start, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : -1;
        }

        name = rest.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) ? "<!doctype" : "<";
        bool isTag = rest[(rest is ['<', '/', ..] ? 2 : 1)..] is [var letter, ..] && char.IsAsciiLetter(letter);
        return isTag ? -1 : _html.IndexOf('>', start);
    }

    private int FindCommentEnd(int start)
    {
        // `<!-->` and `<!--->` are comments, too, but not `<!--!>`.
        for (int at = start + 2; (at = _html.IndexOf("--", at, StringComparison.Ordinal)) >= 0; at++)
        {
            switch (_html.AsSpan(at + 2))
            {
                case ['>', ..]:
                    return at + 2;
                case ['!', '>', ..] when at >= start + 4:
                    return at + 3;
            }
        }

        return -1;
    }
}
