using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl;

/// <summary>
/// Finds what may stand at a place of a program that is being written. What stands before the place is compiled, so that fields and
/// variables are those that a run would know.
/// </summary>
/// <param name="text">The program.</param>
/// <param name="position">The place.</param>
/// <param name="environment">What the program finds before it starts.</param>
internal sealed class ProgramCompleter(string text, int position, BindingEnvironment environment)
{
    private const string Let = "let", Answer = "answer", Assert = "assert";

    /// <summary>The words, fields first, those of a kind in order.</summary>
    public IReadOnlyList<RlmCompletion> Complete()
    {
        int word = position;
        while (word > 0 && Names.IsWordPart(text[word - 1]))
            word--;

        int statement = FindStatement(word);
        var scan = StatementScan.Of(text, statement, position);
        if (scan.Open is '"' or '\'' or '“' || IsInComment(word))
            return [];

        string before = text.Substring(scan.StageStart, word - scan.StageStart).Trim();
        var found = word > 0 && text[word - 1] == '.' ? FieldsBehindDot(statement, scan, word)
            : before.Length == 0 && scan.FollowsPipe ? Stages(_ => true)
            : scan.Open == '\0' && IsLeader(before) ? Openings(before.Length == 0, statement)
            : Operands(statement, scan, before);
        var span = SourceSpan.Between(word, position);
        string written = text.Substring(word, position - word);
        return [.. found.Where(one => one.Text.StartsWith(written, StringComparison.OrdinalIgnoreCase) && one.Text != written).Distinct()
            .OrderBy(one => one.Kind).ThenBy(one => one.Text, StringComparer.Ordinal).Select(one => new RlmCompletion(one.Text, one.Kind, span))];
    }

    /// <summary>Whether a program goes on behind its last line: a bracket is open, or a pipe has no stage.</summary>
    public static bool GoesOn(string text)
    {
        var scan = StatementScan.Of(text, new ProgramCompleter(text, text.Length, BindingEnvironment.Empty).FindStatement(text.Length), text.Length);
        return scan.Open is '(' or '[' or '{' || (scan.FollowsPipe && Layout.SkipToStatement(text, scan.StageStart) == text.Length);
    }

    /// <summary>Whether a program goes on in a line.</summary>
    public static bool GoesOn(string text, string next)
    {
        if (GoesOn(text))
            return true;

        string both = $"{text}\n{next}";
        return text.TrimEnd() is not [.., ';']
            && Layout.SkipToNextStatement(both, text.Length, Layout.CommonIndentation(both)) == both.Length;
    }

    /// <summary>Where the statement begins that a place is in. A line inside brackets begins none.</summary>
    private int FindStatement(int place)
    {
        int common = Layout.CommonIndentation(text), start = Layout.SkipToStatement(text, 0);
        for (int next = start; (next = Layout.SkipToNextStatement(text, next, common)) <= place && next < text.Length;)
            start = StatementScan.Of(text, start, next).Open == '\0' ? next : start;
        return Math.Min(start, place);
    }

    private bool IsInComment(int place)
    {
        int line = place == 0 ? 0 : text.LastIndexOf('\n', place - 1) + 1, sign = text.IndexOf('#', line, place - line);
        return sign >= 0 && StatementScan.Of(text, FindStatement(sign), sign).Open is not ('"' or '\'' or '“');
    }

    private static bool IsLeader(string before)
    {
        string[] words = before.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words is [] or [Answer] or [Assert] or [Let, _, "="];
    }

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Openings(bool isStatement, int statement) =>
        Variables(statement).Concat(Stages(signature => signature.CanOpen))
            .Concat(isStatement ? Words([Let, Answer, Assert]) : []);

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Stages(Func<OperatorSignature, bool> fits) =>
        OperatorCatalog.All.Where(signature => fits(signature)).Select(signature => (signature.Name, RlmCompletionKind.Operator))
            .Concat(Functions);

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Functions =>
        FunctionCatalog.All.Concat(environment.Tools).Select(function => (function.Name, RlmCompletionKind.Function));

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Operands(int statement, StatementScan scan, string before)
    {
        string head = before.Split((char[]?)null, 2)[0];
        var words = OperatorCatalog.All.Where(signature => signature.Head == head).SelectMany(signature => WordsOf(signature.Shape));
        return FieldsOf(ItemAt(statement, scan)).Concat(Variables(statement)).Concat(Functions)
            .Concat(Words([.. Names.OfItem, .. words, "and", "or", "not", "contains", "matches"]));
    }

    private static IEnumerable<(string Text, RlmCompletionKind Kind)> Words(IEnumerable<string> words) => words.Select(word => (word, RlmCompletionKind.Word));

    private static IEnumerable<string> WordsOf(Shape shape) => shape switch
    {
        WordShape word => word.Alternatives,
        FlagShape flag => [string.Join(" ", flag.Words)],
        SequenceShape sequence => sequence.Parts.SelectMany(WordsOf),
        ChoiceShape choice => choice.Alternatives.SelectMany(WordsOf),
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(WordsOf),
        OptionalShape optional => WordsOf(optional.Inner),
        _ => [],
    };

    private static IEnumerable<(string Text, RlmCompletionKind Kind)> FieldsOf(RlmType? type) => type?.Required is RecordType record
        ? record.Fields.Select(field => (Names.Write(field.Name), RlmCompletionKind.Field))
        : [];

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Variables(int statement) =>
        environment.Variables.Keys.Concat(LetsBefore(statement)).Where(static name => Names.Word(name, 0) == name.Length)
            .Select(name => (name, RlmCompletionKind.Variable));

    private IEnumerable<string> LetsBefore(int statement) =>
        Compile(text.Substring(0, statement)).Bound?.Statements.OfType<BoundLet>().Select(let => let.Symbol.Name) ?? [];

    /// <summary>The fields of what stands in front of the dot: the item, one of its fields, or a variable.</summary>
    private IEnumerable<(string Text, RlmCompletionKind Kind)> FieldsBehindDot(int statement, StatementScan scan, int word)
    {
        int start = word - 1;
        while (start > statement && (Names.IsWordPart(text[start - 1]) || text[start - 1] == '.'))
            start--;
        string[] path = text.Substring(start, word - 1 - start).Split('.');
        var item = ItemAt(statement, scan);
        var type = path[0] == "it" ? item : FieldOf(item, path[0]) ?? TypeOf(statement, path[0]);
        return FieldsOf(path.Skip(1).Aggregate(type, FieldOf));
    }

    private static RlmType? FieldOf(RlmType? type, string name) =>
        (type?.Required as RecordType)?.Fields.FirstOrDefault(field => field.Name == name)?.Type;

    /// <summary>The type of the items that a stage goes over, of a value that is not a list its own; null where nobody knows.</summary>
    private RlmType? ItemAt(int statement, StatementScan scan)
    {
        // Inside a bracket that holds no pipeline of its own the item is that of the stage around it.
        while (scan.Open != '\0' && !scan.FollowsPipe)
            scan = StatementScan.Of(text, statement, scan.OpenAt);
        if (!scan.FollowsPipe)
            return null;

        int from = scan.Open == '\0' ? statement : scan.OpenAt + 1;
        return TypeOf(statement, text.Substring(from, scan.StageStart - 1 - from)) is { } type ? type.ItemType ?? type : null;
    }

    /// <summary>The type of a pipeline behind the statements before.</summary>
    private RlmType? TypeOf(int statement, string pipeline) =>
        Compile($"{text.Substring(0, statement)}\n{pipeline}").Bound?.Statements is { Count: > 0 } statements ? statements[statements.Count - 1] switch
        {
            BoundShow show => show.Value.Type,
            BoundAnswer answer => answer.Value.Type,
            BoundLet let => let.Symbol.Type,
            _ => null,
        } : null;

    private RlmProgram Compile(string program) => RlmProgram.Compile(new SourceText(program), environment);
}
