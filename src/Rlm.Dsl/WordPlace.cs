using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl;

/// <summary>
/// Where a word stands in a program that is being written, and what is known there. What stands before it is compiled, so that fields and
/// variables are those that a run would know.
/// </summary>
internal sealed class WordPlace
{
    private readonly string _text;
    private readonly BindingEnvironment _environment;

    /// <param name="text">The program.</param>
    /// <param name="word">Where the word begins.</param>
    /// <param name="environment">What the program finds before it starts.</param>
    public WordPlace(string text, int word, BindingEnvironment environment)
    {
        (_text, Word, _environment) = (text, word, environment);
        Statement = FindStatement(text, word);
        Scan = StatementScan.Of(text, Statement, word);
        StageText = text.Substring(Scan.StageStart, word - Scan.StageStart).Trim();
    }

    /// <summary>Where the word begins.</summary>
    public int Word { get; }

    /// <summary>Where its statement begins.</summary>
    public int Statement { get; }

    /// <summary>The bracket and the stage that it stands in.</summary>
    public StatementScan Scan { get; }

    /// <summary>What stands before it in its stage.</summary>
    public string StageText { get; }

    /// <summary>Whether it is code: no part of a text, a pattern or a comment.</summary>
    public bool IsCode => Scan.Open is not ('"' or '\'' or '“' or '/') && !IsInComment;

    /// <summary>Whether it opens a stage behind a pipe.</summary>
    public bool OpensStage => StageText.Length == 0 && Scan.FollowsPipe;

    /// <summary>Whether it opens a statement, or what a statement's word is of.</summary>
    public bool OpensStatement => Scan is { Open: '\0', FollowsPipe: false }
        && StageText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [] or ["answer"] or ["assert"] or ["let", _, "="];

    /// <summary>Whether it stands right behind a dot.</summary>
    public bool FollowsDot => Word > 0 && _text[Word - 1] == '.';

    /// <summary>The names of the variables that there are at the place.</summary>
    public IEnumerable<string> Variables => _environment.Variables.Keys.Concat(
        Compile(_text.Substring(0, Statement)).Bound?.Statements.OfType<BoundLet>().Select(let => let.Symbol.Name) ?? []);

    /// <summary>The type of the items that the stage goes over, of a value that is not a list its own; null where nobody knows.</summary>
    public RlmType? Item
    {
        get
        {
            // Inside a bracket that holds no pipeline of its own the item is that of the stage around it.
            var scan = Scan;
            while (scan.Open != '\0' && !scan.FollowsPipe)
                scan = StatementScan.Of(_text, Statement, scan.OpenAt);
            return scan.FollowsPipe ? ItemBefore(scan.StageStart - 1, scan) : null;
        }
    }

    /// <summary>The type of what stands in front of the dot: the item, one of its fields, or a variable.</summary>
    public RlmType? Owner
    {
        get
        {
            int start = Word - 1;
            while (start > Statement && (Names.IsWordPart(_text[start - 1]) || _text[start - 1] == '.'))
                start--;
            string[] path = _text.Substring(start, Word - 1 - start).Split('.');
            var item = Item;
            var type = path[0] == "it" ? item : FieldOf(item, path[0]) ?? TypeOf(path[0]);
            return path.Skip(1).Aggregate(type, FieldOf);
        }
    }

    /// <summary>The type of a pipeline behind the statements before; null where it has none.</summary>
    public RlmType? TypeOf(string pipeline) => LastTypeOf($"{_text.Substring(0, Statement)}\n{pipeline}");

    /// <summary>The type of the items behind the stage that the word stands in; null where nobody knows.</summary>
    public RlmType? ItemBehind()
    {
        int end = Layout.SkipToNextStatement(_text, Word, Layout.CommonIndentation(_text)), at = Word;
        while (at < end && !(_text[at] is '|' or ')' or '}' && StatementScan.Of(_text, Statement, at) is var scan && scan.Open == Scan.Open && scan.OpenAt == Scan.OpenAt))
            at++;
        return Scan.FollowsPipe ? ItemBefore(at, Scan) : null;
    }

    /// <summary>The type of the variable that the word's own statement makes.</summary>
    public RlmType? TypeOfLet() => LastTypeOf(_text.Substring(0, Layout.SkipToNextStatement(_text, Word, Layout.CommonIndentation(_text))));

    /// <summary>The type of a field; null where there is none of the name.</summary>
    public static RlmType? FieldOf(RlmType? type, string name) => (type?.Required as RecordType)?.Find(name)?.Type;

    /// <summary>Where the statement begins that a place is in. A line inside brackets begins none.</summary>
    public static int FindStatement(string text, int place)
    {
        int common = Layout.CommonIndentation(text), start = Layout.SkipToStatement(text, 0);
        for (int next = start; (next = Layout.SkipToNextStatement(text, next, common)) <= place && next < text.Length;)
            start = StatementScan.Of(text, start, next).Open == '\0' ? next : start;
        return Math.Min(start, place);
    }

    private bool IsInComment
    {
        get
        {
            int line = Word == 0 ? 0 : _text.LastIndexOf('\n', Word - 1) + 1, sign = _text.IndexOf('#', line, Word - line);
            return sign >= 0 && StatementScan.Of(_text, FindStatement(_text, sign), sign).Open is not ('"' or '\'' or '“' or '/');
        }
    }

    private RlmType? ItemBefore(int end, StatementScan scan)
    {
        int from = scan.Open == '\0' ? Statement : scan.OpenAt + 1;
        return TypeOf(_text.Substring(from, end - from)) is { } type ? type.ItemType ?? type : null;
    }

    private RlmType? LastTypeOf(string program) =>
        Compile(program).Bound?.Statements is { Count: > 0 } statements ? statements[statements.Count - 1] switch
        {
            BoundShow show => show.Value.Type,
            BoundAnswer answer => answer.Value.Type,
            BoundLet let => let.Symbol.Type,
            _ => null,
        } : null;

    private RlmProgram Compile(string program) => RlmProgram.Compile(new SourceText(program), _environment);
}
