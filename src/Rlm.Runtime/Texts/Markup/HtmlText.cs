using System.Globalization;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Rlm.Runtime.Texts.Markup;

/// <summary>The text of HTML as a reader sees it, in blocks.</summary>
/// <remarks>
/// It follows the tags as they come and makes no tree of them, so that it takes time and space by the length alone, however they are nested.
/// </remarks>
internal sealed class HtmlText
{
    private const int MaxIndentedLists = 8;
    private const int TokensPerCheck = 4096;

    private readonly BlockWriter _writer;
    private readonly HtmlTokenizer _tokens;

    // The number of each open list's next item; 0 where items are not numbered.
    private readonly Stack<int> _lists = new();

    private string? _hidden;
    private int _hiddenDepth;
    private int _foreignDepth;
    private int _preformattedDepth;
    private bool _skipsLineEnd;
    private bool _rowHasCell;

    private HtmlText(HtmlTokenizer tokens, BlockWriter writer)
    {
        _tokens = tokens;
        _writer = writer;
    }

    /// <summary>Writes the text of a document or a part of one.</summary>
    public static void Write(string html, BlockWriter writer, CancellationToken cancellationToken)
    {
        using var source = new AngleSharp.Text.TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            ShouldEmitAttribute = static (ref StructHtmlToken _, ReadOnlyMemory<char> name) => name.Span is "alt" or "start",
        };
        new HtmlText(tokens, writer).WriteAll(cancellationToken);
    }

    private void WriteAll(CancellationToken cancellationToken)
    {
        for (int count = 1; ; count++)
        {
            if (count % TokensPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();

            ref var token = ref _tokens.GetStructToken();
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    return;
                case HtmlTokenType.StartTag:
                    Start(ref token);
                    break;
                case HtmlTokenType.EndTag:
                    End(token.Name);
                    break;
                case HtmlTokenType.Character when _hidden is null:
                    Text(token.Data);
                    break;
            }
        }
    }

    private void Start(ref StructHtmlToken token)
    {
        ReadOnlySpan<char> name = token.Name;
        var kind = HtmlElements.Find(name);
        if (_foreignDepth == 0 && HtmlElements.ModeOf(name) is not HtmlParseMode.PCData and var mode)
            _tokens.State = mode;

        if (_hidden is not null)
        {
            if (name.SequenceEqual(_hidden))
                _hiddenDepth++;
            return;
        }

        _skipsLineEnd = false;
        switch (kind)
        {
            case HtmlElement.Hidden:
                if (_foreignDepth == 0 || !token.IsSelfClosing)
                    (_hidden, _hiddenDepth) = (name.ToString(), 1);
                break;
            case HtmlElement.Foreign:
                _foreignDepth += token.IsSelfClosing ? 0 : 1;
                break;
            case HtmlElement.Image:
                _writer.Text(token.GetAttribute("alt"));
                break;
            case HtmlElement.LineEnd:
                _writer.LineEnd();
                break;
            case HtmlElement.List:
            case HtmlElement.NumberedList:
                _writer.Break(_lists.Count == 0 ? 2 : 1);
                _lists.Push(kind == HtmlElement.List ? 0 : int.TryParse(token.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 1);
                break;
            case HtmlElement.Item:
                _writer.StartItem(NextMark(), 1);
                break;
            case HtmlElement.Row:
                _writer.StartRow();
                _rowHasCell = false;
                break;
            case HtmlElement.Cell:
                if (_rowHasCell)
                    _writer.StartCell();
                _rowHasCell = true;
                break;
            case HtmlElement.Preformatted:
                _preformattedDepth++;
                _writer.Break(2);
                _skipsLineEnd = true;
                break;
            case HtmlElement.Line or HtmlElement.Paragraph:
                _writer.Break(kind == HtmlElement.Line ? 1 : 2);
                break;
        }
    }

    private void End(ReadOnlySpan<char> name)
    {
        if (_hidden is not null)
        {
            if (name.SequenceEqual(_hidden) && --_hiddenDepth == 0)
                _hidden = null;
            return;
        }

        _skipsLineEnd = false;
        switch (HtmlElements.Find(name))
        {
            case HtmlElement.Foreign:
                _foreignDepth = Math.Max(0, _foreignDepth - 1);
                break;
            case HtmlElement.LineEnd:
                _writer.LineEnd();
                break;
            case HtmlElement.List or HtmlElement.NumberedList:
                _lists.TryPop(out _);
                _writer.EndItem();
                _writer.Break(_lists.Count == 0 ? 2 : 1);
                break;
            case HtmlElement.Item or HtmlElement.Row:
                _writer.EndItem();
                _writer.Break(1);
                break;
            case HtmlElement.Preformatted:
                _preformattedDepth = Math.Max(0, _preformattedDepth - 1);
                _writer.Break(2);
                break;
            case HtmlElement.Line:
                _writer.Break(1);
                break;
            case HtmlElement.Paragraph:
                if (name is "table")
                {
                    _writer.EndItem();
                    // A table in a cell ends its own rows only.
                    _rowHasCell = true;
                }

                _writer.Break(2);
                break;
        }
    }

    private void Text(ReadOnlySpan<char> text)
    {
        if (_preformattedDepth == 0)
        {
            _writer.Text(text);
            return;
        }

        if (_skipsLineEnd && text is ['\n', ..])
            text = text[1..];
        _skipsLineEnd = false;
        _writer.Verbatim(text);
    }

    private string NextMark()
    {
        string indent = new(' ', 2 * Math.Clamp(_lists.Count - 1, 0, MaxIndentedLists));
        if (!_lists.TryPop(out int number))
            return "- ";

        _lists.Push(number == 0 ? 0 : unchecked(number + 1));
        return number == 0 ? $"{indent}- " : string.Create(CultureInfo.InvariantCulture, $"{indent}{number}. ");
    }
}
