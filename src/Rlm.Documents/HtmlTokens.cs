using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Rlm.Documents;

/// <summary>The tags and texts of HTML as they come, with what an element says of how its content is read.</summary>
internal sealed class HtmlTokens : IDisposable
{
    private const int TokensPerCheck = 4096;

    private readonly AngleSharp.Text.TextSource _source;
    private readonly HtmlTokenizer _tokens;
    private readonly CancellationToken _cancellationToken;

    private string? _hidden;
    private int _hiddenDepth;
    private int _foreignDepth;

    /// <param name="html">A document, or a part of one.</param>
    /// <param name="isNeeded">Whether an attribute is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public HtmlTokens(string html, Func<ReadOnlyMemory<char>, bool> isNeeded, CancellationToken cancellationToken)
    {
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

    public ref StructHtmlToken Next()
    {
        if (++Index % TokensPerCheck == 0)
            _cancellationToken.ThrowIfCancellationRequested();

        ref var token = ref _tokens.GetStructToken();
        IsHidden = _hidden is not null;
        if (token.Type == HtmlTokenType.StartTag)
            Start(ref token);
        else if (token.Type == HtmlTokenType.EndTag)
            End(token.Name);
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
        if (_foreignDepth == 0 && HtmlElements.ModeOf(name) is not HtmlParseMode.PCData and var mode)
            _tokens.State = mode;

        if (_hidden is not null)
        {
            if (name.SequenceEqual(_hidden))
                _hiddenDepth++;
            return;
        }

        switch (HtmlElements.Find(name))
        {
            case HtmlElement.Hidden when _foreignDepth == 0 || !token.IsSelfClosing:
                (_hidden, _hiddenDepth) = (name.ToString(), 1);
                break;
            case HtmlElement.Foreign:
                _foreignDepth += token.IsSelfClosing ? 0 : 1;
                break;
        }
    }

    private void End(ReadOnlySpan<char> name)
    {
        if (_hidden is null)
            _foreignDepth = HtmlElements.Find(name) == HtmlElement.Foreign ? Math.Max(0, _foreignDepth - 1) : _foreignDepth;
        else if (name.SequenceEqual(_hidden) && --_hiddenDepth == 0)
            _hidden = null;
    }
}
