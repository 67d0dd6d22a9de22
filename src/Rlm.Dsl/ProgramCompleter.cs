using Rlm.Dsl.Binders;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl;

/// <summary>Finds what may stand at a place of a program that is being written.</summary>
/// <param name="text">The program.</param>
/// <param name="position">The place.</param>
/// <param name="environment">What the program finds before it starts.</param>
internal sealed class ProgramCompleter(string text, int position, BindingEnvironment environment)
{
    private readonly WordPlace _place = new(text, FindWord(text, position), environment);

    /// <summary>The words, fields first, those of a kind in order.</summary>
    public IReadOnlyList<RlmCompletion> Complete()
    {
        if (!_place.IsCode)
            return [];

        var found = _place.FollowsDot ? FieldsOf(_place.Owner) : _place.OpensStage ? Stages(_ => true) : _place.OpensStatement ? Openings() : Operands();
        var span = SourceSpan.Between(_place.Word, position);
        string written = text.Substring(span.Start, span.Length);
        return [.. found.Where(one => one.Text.StartsWith(written, StringComparison.OrdinalIgnoreCase) && one.Text != written).Distinct()
            .OrderBy(one => one.Kind).ThenBy(one => one.Text, StringComparer.Ordinal).Select(one => new RlmCompletion(one.Text, one.Kind, span))];
    }

    /// <summary>Whether a program goes on behind its last line: a bracket is open, or a pipe has no stage.</summary>
    public static bool GoesOn(string text)
    {
        var scan = StatementScan.Of(text, WordPlace.FindStatement(text, text.Length), text.Length);
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

    private static int FindWord(string text, int position)
    {
        while (position > 0 && Names.IsWordPart(text[position - 1]))
            position--;
        return position;
    }

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Openings() =>
        Variables.Concat(Stages(signature => signature.CanOpen)).Concat(_place.StageText.Length == 0 ? Words(["let", "answer", "assert"]) : []);

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Stages(Func<OperatorSignature, bool> fits) =>
        OperatorCatalog.All.Where(signature => fits(signature)).Select(signature => (signature.Name, RlmCompletionKind.Operator))
            .Concat(Functions);

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Functions =>
        FunctionCatalog.All.Concat(environment.Tools).Select(function => (function.Name, RlmCompletionKind.Function));

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Operands()
    {
        string head = _place.StageText.Split((char[]?)null, 2)[0];
        var words = OperatorCatalog.All.Where(signature => signature.Head == head).SelectMany(signature => WordsOf(signature.Shape));
        return FieldsOf(_place.Item).Concat(Variables).Concat(Functions)
            .Concat(Words([.. Names.OfItem, .. words, "and", "or", "not", "contains", "matches"]));
    }

    private static IEnumerable<(string Text, RlmCompletionKind Kind)> Words(IEnumerable<string> words) => words.Select(word => (word, RlmCompletionKind.Word));

    /// <summary>The words that may stand in a form.</summary>
    public static IEnumerable<string> WordsOf(Shape shape) => shape switch
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

    private IEnumerable<(string Text, RlmCompletionKind Kind)> Variables =>
        _place.Variables.Where(static name => Names.Word(name, 0) == name.Length).Select(name => (name, RlmCompletionKind.Variable));
}
