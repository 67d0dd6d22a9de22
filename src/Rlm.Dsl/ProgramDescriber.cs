using Rlm.Dsl.Binders;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl;

/// <summary>Tells what a word of a program is.</summary>
internal sealed class ProgramDescriber
{
    private readonly string _text, _word;
    private readonly SourceSpan _span;
    private readonly BindingEnvironment _environment;
    private readonly WordPlace _place;

    private ProgramDescriber(string text, SourceSpan span, string word, BindingEnvironment environment)
    {
        (_text, _span, _word, _environment) = (text, span, word, environment);
        _place = new WordPlace(text, span.Start, environment);
    }

    /// <summary>What the word around a place is; null where none stands there, or nobody knows it.</summary>
    public static RlmWord? Read(string text, int position, BindingEnvironment environment)
    {
        var span = FindWord(text, position);
        if (span.Length == 0)
            return null;

        string word = text.Substring(span.Start, span.Length).Trim('`');
        var reader = new ProgramDescriber(text, span, word, environment);
        return reader._place.IsCode ? reader.Read() : null;
    }

    private RlmWord? Read()
    {
        if (_place.FollowsDot)
            return ReadField(_place.Owner);

        string behind = _text.Substring(_span.End, Math.Min(80, _text.Length - _span.End));
        if (behind is ['(', ..])
            return ReadFunction();
        if (IsDefined(behind))
            return ReadDefinition();
        return (_place.OpensStatement ? ReadVariable(isAlone: true) : null)
            ?? (_place.OpensStage || _place.OpensStatement ? ReadStage() : null)
            ?? (_place.OpensStage ? ReadFunction() : null)
            ?? ReadOperand();
    }

    private RlmWord? ReadField(RlmType? owner) => WordPlace.FieldOf(owner, _word) is { } type ? Make(RlmCompletionKind.Field, type: type) : null;

    private RlmWord? ReadFunction() =>
        _environment.Tools.FirstOrDefault(tool => tool.Name == _word)?.Name is { } tool ? Make(RlmCompletionKind.Function, tool)
        : FunctionCatalog.Find(_word)?.Name is { } function ? Make(RlmCompletionKind.Function, function)
        : FunctionSynonyms.Canonical(_word) is { } meant ? Make(RlmCompletionKind.Function, meant)
        : null;

    /// <summary>Whether a value is given to the word: <c>let n = …</c>, <c>extend n = …</c>.</summary>
    private static bool IsDefined(string behind)
    {
        string signs = behind.TrimStart(' ');
        return signs.Length > 0 && signs[0] == '=' && !(signs.Length > 1 && signs[1] is '=' or '>');
    }

    private RlmWord? ReadDefinition() =>
        _place.StageText == "let" ? Make(RlmCompletionKind.Variable, type: _place.TypeOfLet())
        : ReadField(_place.ItemBehind()) ?? ReadField(_place.Item);

    /// <param name="isAlone">Whether only a word without arguments is one.</param>
    private RlmWord? ReadVariable(bool isAlone)
    {
        bool isVariable = _place.Variables.Contains(_word)
            && !(isAlone && OperatorForms.Of(_word).Count > 0 && _span.End < _text.Length && !(_text.Substring(_span.End).TrimStart(' ') is [] or ['|' or '\n' or '\r' or ';' or '#', ..]));
        return isVariable ? Make(RlmCompletionKind.Variable, type: _place.TypeOf($"({_word})")) : null;
    }

    /// <summary>The operator that a word opens: the one that was parsed, or where nothing was, the one that the next word tells.</summary>
    private RlmWord? ReadStage()
    {
        var forms = OperatorForms.Of(_word);
        if (forms.Count == 0)
            return null;

        var parsed = SyntaxTree.Descendants(ProgramParser.Parse(new SourceText(_text), [.. _environment.Tools.Select(tool => tool.Name)]).Program)
            .Select(found => found.Node).OfType<StageSyntax>().FirstOrDefault(stage => stage.Head.Span.Start == _span.Start)?.Operator;
        string next = _text.Substring(_span.End).TrimStart(' ') is var behind && Names.Word(behind, 0) is var end and > 0 ? behind.Substring(0, end) : "";
        var named = parsed
            ?? forms.Select(form => form.Operator).FirstOrDefault(one => one.Name == $"{one.Head} {next}")
            ?? forms.Select(form => form.Operator).FirstOrDefault(one => one.Name == one.Head) ?? forms[0].Operator;
        return Make(RlmCompletionKind.Operator, named.Name);
    }

    private RlmWord? ReadOperand()
    {
        var item = _place.Item;
        return _word == "it" ? Make(RlmCompletionKind.Word, type: item)
            : ReadField(item) ?? ReadVariable(isAlone: false)
            ?? (Names.Reserved.Contains(_word) || Names.OfItem.Contains(_word) || OperatorForms.Keywords.Contains(_word) || Lexemes.RelationWords.Contains(_word)
                || TypeGrammar.Words.Contains(_word) ? Make(RlmCompletionKind.Word) : null);
    }

    private RlmWord Make(RlmCompletionKind kind, string? name = null, RlmType? type = null) => new(name ?? _word, kind, _span, type?.ToString());

    /// <summary>The word that a place is in, or right behind; one in backticks is whole.</summary>
    private static SourceSpan FindWord(string text, int position)
    {
        int line = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        if (text.Substring(line, position - line).Count(c => c == '`') % 2 == 1
            && text.LastIndexOf('`', position - 1) is var quote && Names.ReadQuotedName(text, quote) is var quoted and > 0)
            return SourceSpan.Between(quote, quoted);

        int start = position, end = position;
        while (start > 0 && Names.IsWordPart(text[start - 1]))
            start--;
        while (end < text.Length && Names.IsWordPart(text[end]))
            end++;
        return start < end && Names.IsWordStart(text[start]) ? SourceSpan.Between(start, end) : new SourceSpan(position, 0);
    }
}
