using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Documents;

/// <summary>The text of HTML as a reader sees it, in blocks.</summary>
/// <remarks>
/// It follows the tags as they come and makes no tree of them, so that it takes time and space by the length alone, however they are
/// nested.
/// </remarks>
internal sealed class HtmlText
{
    private const int MaxIndentedLists = 8;

    // How long a text cells that span may make, by the document's length and beyond that.
    private const long SpanFactor = 4;
    private const long SpanChars = 1024 * 1024;

    private readonly BlockWriter _writer;
    private readonly HtmlTokens _tokens;
    private readonly HtmlMain? _main;

    // The number of each open list's next item; 0 where items are not numbered.
    private readonly Stack<int> _lists = new();

    private int _preformattedDepth;
    private bool _skipsLineEnd;

    // The open tables, the innermost last; the first takes rows and cells that stand in none.
    private readonly List<HtmlTable> _tables = [];
    private readonly SpanAllowance _allowance;
    private readonly Action<int, IReadOnlyList<string>>? _onRow;
    private int _tableCount;

    private HtmlText(
        HtmlTokens tokens, HtmlMain? main, BlockWriter writer, SpanAllowance allowance, Action<int, IReadOnlyList<string>>? onRow)
    {
        _main = main;
        _tokens = tokens;
        _writer = writer;
        _allowance = allowance;
        _onRow = onRow;
        _tables.Add(new HtmlTable(writer, allowance, null));
    }

    private HtmlTable Table => _tables[^1];

    /// <summary>
    /// Writes the text of a document or a part of one. False where cells that span would make it many times as
    /// long, and are not all repeated.
    /// </summary>
    /// <param name="html">The document.</param>
    /// <param name="main">What of it is written; null for all.</param>
    /// <param name="writer">Where its text goes.</param>
    /// <param name="onUnclosed">Told what takes all that follows, since it never ends, and the character that it begins at; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static bool Write(
        string html, HtmlMain? main, BlockWriter writer, Action<string, int>? onUnclosed, CancellationToken cancellationToken)
    {
        Read(html, main, writer, null, onUnclosed, cancellationToken, out bool hasAllSpans);
        return hasAllSpans;
    }

    /// <summary>The text of a mail, in which <c>&gt; </c> stands before each line of a <c>blockquote</c>.</summary>
    /// <param name="html">The mail.</param>
    /// <param name="onUnclosed">Told what takes all that follows, since it never ends, and the character that it begins at.</param>
    /// <param name="hasAllSpans">Whether all cells are repeated that span.</param>
    public static string ReadMail(string html, Action<string, int> onUnclosed, out bool hasAllSpans)
    {
        using var text = new MemoryStream();
        var writer = new BlockWriter(text.Write, marksQuotes: true);
        hasAllSpans = Write(html, null, writer, onUnclosed, CancellationToken.None);
        writer.Finish();
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>
    /// Tells each row of the tables with the number of its table, from 1 in the order of their beginnings, and gives the number of tables.
    /// </summary>
    public static int ReadTables(
        string html, Action<int, IReadOnlyList<string>> onRow, Action<string, int> onUnclosed, CancellationToken cancellationToken,
        out bool hasAllSpans)
    {
        using var spool = new TextSpool("table");
        return Read(html, null, new BlockWriter(spool.Write), onRow, onUnclosed, cancellationToken, out hasAllSpans);
    }

    private static int Read(
        string html, HtmlMain? main, BlockWriter writer, Action<int, IReadOnlyList<string>>? onRow, Action<string, int>? onUnclosed,
        CancellationToken cancellationToken, out bool hasAllSpans)
    {
        using var tokens = new HtmlTokens(html, name => name.Span is "alt" or "start" or "colspan" or "rowspan", cancellationToken);
        var allowance = new SpanAllowance(SpanFactor * html.Length + SpanChars);
        var text = new HtmlText(tokens, main, writer, allowance, onRow);
        text.WriteAll();
        if (tokens.Unclosed is { } unclosed)
            onUnclosed?.Invoke(unclosed.Name, unclosed.Start);
        hasAllSpans = !allowance.IsUsedUp;
        return text._tableCount;
    }

    private void WriteAll()
    {
        while (true)
        {
            ref var token = ref _tokens.Next();
            if (token.Type == HtmlTokenType.EndOfFile)
            {
                for (int i = _tables.Count - 1; i >= 0; i--)
                    _tables[i].EndRow();
                return;
            }

            if (_tokens.IsHidden || _main?.Holds(_tokens.Index) == false)
                continue;

            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    Start(ref token);
                    break;
                case HtmlTokenType.EndTag:
                    End(token.Name);
                    break;
                case HtmlTokenType.Character:
                    Text(token.Data);
                    break;
            }
        }
    }

    private void Start(ref StructHtmlToken token)
    {
        ReadOnlySpan<char> name = token.Name;
        var kind = HtmlElements.Find(name);
        _skipsLineEnd = false;
        BreakAt(kind);
        switch (kind)
        {
            case HtmlElement.Image:
                _writer.Text(token.GetAttribute("alt"));
                break;
            case HtmlElement.List:
                _lists.Push(0);
                break;
            case HtmlElement.NumberedList:
                _lists.Push(
                    int.TryParse(token.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 1);
                break;
            case HtmlElement.Item:
                _writer.StartItem(NextMark(), 1);
                break;
            case HtmlElement.Row:
                Table.StartRow();
                break;
            case HtmlElement.Cell:
                Table.StartCell(
                    SpanOf(token.GetAttribute("colspan"), HtmlTable.MaxColumns, 1),
                    SpanOf(token.GetAttribute("rowspan"), HtmlTable.MaxRows, HtmlTable.MaxRows));
                break;
            case HtmlElement.Table:
                int number = ++_tableCount;
                _tables.Add(new HtmlTable(_writer, _allowance, _onRow is null ? null : cells => _onRow(number, cells)));
                break;
            case HtmlElement.Preformatted:
                _preformattedDepth++;
                _skipsLineEnd = true;
                break;
            case HtmlElement.Paragraph when name is "blockquote":
                _writer.StartQuote();
                break;
        }
    }

    private void End(ReadOnlySpan<char> name)
    {
        _skipsLineEnd = false;
        var kind = HtmlElements.Find(name);
        switch (kind)
        {
            case HtmlElement.List or HtmlElement.NumberedList:
                _lists.TryPop(out _);
                _writer.EndItem();
                break;
            case HtmlElement.Item:
                _writer.EndItem();
                _writer.Break(1);
                break;
            case HtmlElement.Row:
                Table.EndRow();
                _writer.Break(1);
                break;
            case HtmlElement.Cell:
                Table.EndCell();
                break;
            case HtmlElement.Table:
                Table.EndRow();
                if (_tables.Count > 1)
                    _tables.RemoveAt(_tables.Count - 1);
                break;
            case HtmlElement.Preformatted:
                _preformattedDepth = Math.Max(0, _preformattedDepth - 1);
                break;
            case HtmlElement.Paragraph when name is "blockquote":
                _writer.EndQuote();
                break;
        }

        BreakAt(kind);
    }

    /// <summary>Ends the line or paragraph as an element does where it starts and where it ends.</summary>
    private void BreakAt(HtmlElement kind)
    {
        switch (kind)
        {
            case HtmlElement.LineEnd:
                _writer.LineEnd();
                break;
            case HtmlElement.RowGroup:
                Table.StartGroup();
                _writer.Break(1);
                break;
            case HtmlElement.Line:
                _writer.Break(1);
                break;
            case HtmlElement.List or HtmlElement.NumberedList:
                _writer.Break(_lists.Count == 0 ? 2 : 1);
                break;
            case HtmlElement.Paragraph or HtmlElement.Preformatted or HtmlElement.Table:
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
        return number == 0 ? $"{indent}- " : Invariant($"{indent}{number}. ");
    }

    /// <summary>How many cells an attribute says; 0 stands for all that there are.</summary>
    private static int SpanOf(ReadOnlySpan<char> text, int most, int all) =>
        !int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int span)
            ? 1
            : span == 0 ? all
            : Math.Clamp(span, 1, most);
}
