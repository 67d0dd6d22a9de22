using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>The types that replies and fields are read as.</summary>
internal sealed class TypeGrammar(ProgramGrammar level)
{
    /// <summary>Every word of our own notation.</summary>
    public static IEnumerable<string> Words => [.. RlmType.Names, "list", "one", "of"];

    private readonly Tokens _tokens = level.Tokens;

    public Parser<TypeSyntax> Type => field ??=
        (from article in _tokens.Quiet("an").Or(_tokens.Quiet("a"))
         from type in MarkedType
         select type)
        .Or(ParserExtensions.Later(() => MarkedType));

    private Parser<TypeSyntax> MarkedType => field ??=
        (from core in ParserExtensions.Later(() => BaseType)
         from list in EmptyBrackets.OrNothing()
         from mark in _tokens.Quiet("?").Or(OrNone).Select(_ => "?").OrNothing()
         select (core, list, mark)).WithSpan((span, type) =>
         {
             var core = type.list is null ? type.core : new ListTypeSyntax(span, type.core, false);
             return type.mark is null ? core : core with { Span = span, IsOptional = true };
         });

    // `T or none`, `T | null`: how other languages say `T?`.
    private Parser<Lexeme<string>> OrNone =>
        from or in _tokens.Quiet("or")
        from none in _tokens.Quiet("none").Or(_tokens.Quiet("null"))
        select none;

    // `T[]` is how other languages say `list of T`.
    private Parser<string> EmptyBrackets =>
        from open in _tokens.Adjacent("[")
        from close in _tokens.Quiet("]")
        select "[]";

    private Parser<TypeSyntax> BaseType => field ??= ListType.Or(OptionalType).Or(LabelType).Or(BracketListType).Or(RecordType)
        .Or(QuotedType).Or(FormattedDateType).Or(NamedType);

    private Parser<TypeSyntax> NamedType =>
        _tokens.Word.Select(word => (TypeSyntax)new NamedTypeSyntax(word.Span, TypeSynonyms.Canonical(word.Name), false)).Named("a type");

    /// <summary><c>date "dd/MM/yyyy"</c>, <c>date epoch</c>: a date by its format.</summary>
    private Parser<TypeSyntax> FormattedDateType =>
        (from date in _tokens.QuietWord.Where(word => TypeSynonyms.Canonical(word.Name) == "date")
         from format in QuietLabel.Or(_tokens.QuietWord.Where(word => word.Name is "epoch" or "iso").Select(word => word.Name))
         select format).WithSpan((span, format) => (TypeSyntax)new NamedTypeSyntax(span, "date", false) { Format = format });

    /// <summary>A type's name in quotes, as JSON schemas have it.</summary>
    private Parser<TypeSyntax> QuotedType =>
        QuietLabel.Where(IsTypeName).WithSpan((span, name) => (TypeSyntax)new NamedTypeSyntax(span, TypeSynonyms.Canonical(name), false));

    private Parser<TypeSyntax> ListType =>
        (from list in _tokens.QuietWord.Where(word => TypeSynonyms.IsList(word.Name))
         from item in (from of in _tokens.Keyword("of") from type in TypeInBrackets("(", ")").Or(Type.LimitNesting()) select type).Or(TypeArgument)
         select item).WithSpan((span, item) => (TypeSyntax)new ListTypeSyntax(span, item, false));

    // `optional T`, `Optional[T]`: how other languages say `T?`.
    private Parser<TypeSyntax> OptionalType =>
        (from optional in _tokens.QuietWord.Where(word => TypeSynonyms.IsOptional(word.Name))
         from type in TypeArgument.Or(Type.LimitNesting())
         select type).WithSpan((span, type) => type with { Span = span, IsOptional = true });

    private Parser<TypeSyntax> TypeArgument => field ??= TypeInBrackets("<", ">").Or(TypeInBrackets("[", "]")).Or(TypeInBrackets("(", ")"));

    private Parser<TypeSyntax> TypeInBrackets(string opening, string closing) =>
        from open in ProgramGrammar.ElementLevel.Tokens.Quiet(opening)
        from type in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Types.Type).LimitNesting()
        from close in _tokens.Keyword(closing)
        select type;

    private Parser<TypeSyntax> BracketListType =>
        TypeInBrackets("[", "]").WithSpan((span, item) => (TypeSyntax)new ListTypeSyntax(span, item, false));

    private Parser<TypeSyntax> LabelType =>
        DefinedLabels.Or(ParserExtensions.Later(() => PlainLabels));

    private Parser<TypeSyntax> DefinedLabels => field ??=
        LabelHead.Then(_ => DefinitionsIn("[", "]").Or(DefinitionsIn("(", ")")).Or(DefinitionsIn("{", "}")))
            .WithSpan((span, labels) => (TypeSyntax)new LabelTypeSyntax(span, null, [.. labels.Select(label => label.Label)], false)
            {
                Definitions = [.. labels.Select(label => label.Definition)],
            });

    // One label at least is defined, and so are these.
    private Parser<IReadOnlyList<(string Label, string? Definition)>> DefinitionsIn(string opening, string closing) =>
        from open in ProgramGrammar.ElementLevel.Tokens.Quiet(opening)
        from labels in ProgramGrammar.ElementLevel.Types.DefinedLabel.WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma)
            .Where(labels => labels.Any(label => label.Definition is not null))
        from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
        from close in _tokens.Keyword(closing)
        select labels;

    private Parser<(string Label, string? Definition)> DefinedLabel => field ??=
        from label in QuietLabel.Or(_tokens.QuietName.Select(name => name.Name))
        from definition in (from colon in _tokens.Quiet(":") from text in QuietLabel select text).OrNothing()
        select (label, definition);

    private Parser<TypeSyntax> PlainLabels =>
        LabelHead.Then(_ => LabelsIn("[", "]").Or(LabelsIn("(", ")")).Or(LabelsIn("{", "}")).Or(BareLabels).Or(LabelWords)
            .Select(labels => ((IdentifierSyntax?)null, (IReadOnlyList<string>?)labels)))
            .Or(from one in _tokens.Quiet("one")
                from of in _tokens.Quiet("of")
                from name in _tokens.Word.Where(name => !Names.Reserved.Contains(name.Name))
                select ((IdentifierSyntax?)name, (IReadOnlyList<string>?)null))
            .Or(LabelsIn("[", "]").Or(BareLabels.Where(labels => labels.Count > 1)).Where(labels => !labels.Any(IsTypeName))
                .Select(labels => ((IdentifierSyntax?)null, (IReadOnlyList<string>?)labels)))
            .WithSpan((span, type) => (TypeSyntax)new LabelTypeSyntax(span, type.Item1, type.Item2, false));

    // `one of` is ours; `enum`, `labels:` and the like are how other languages say it.
    private Parser<string> LabelHead =>
        from head in (from one in _tokens.Quiet("one") from of in _tokens.Keyword("of") select "one of")
            .Or(_tokens.QuietWord.Where(word => TypeSynonyms.OpensLabels(word.Name)).Select(word => word.Name))
        from of in _tokens.Quiet("of").Or(_tokens.Quiet(":")).Select(_ => "of").OrNothing()
        select head;

    private Parser<IReadOnlyList<string>> LabelsIn(string opening, string closing) =>
        from open in ProgramGrammar.ElementLevel.Tokens.Quiet(opening)
        from labels in ProgramGrammar.ElementLevel.Types.Label.WithCommas(ProgramGrammar.ElementLevel.Types.LabelSeparator(",", "|", "/", "or"))
        from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
        from close in _tokens.Keyword(closing)
        select labels;

    // Labels without brackets are understood where what stands between them cannot mean anything else.
    private Parser<IReadOnlyList<string>> BareLabels =>
        QuietLabel.WithCommas(level.HasCommaLists ? LabelSeparator(",", "|", "/", "or") : LabelSeparator("|", "/", "or"));

    // `one of spam, ham` and `one of [spam, ham]`: one word alone is a variable.
    private Parser<IReadOnlyList<string>> LabelWords => field ??=
        (from open in ProgramGrammar.ElementLevel.Tokens.Quiet("[").Or(ProgramGrammar.ElementLevel.Tokens.Quiet("("))
         from words in ProgramGrammar.ElementLevel.Tokens.QuietName.WithCommas(ProgramGrammar.ElementLevel.Tokens.Quiet(","))
         from close in _tokens.Quiet("]").Or(_tokens.Quiet(")"))
         select (IReadOnlyList<string>)[.. words.Select(word => word.Name)])
        .Or(_tokens.QuietName.WithCommas(WordSeparator).Where(words => words.Count > 1)
            .Select(words => (IReadOnlyList<string>)[.. words.Select(word => word.Name)]));

    /// <summary>A comma that a label's word follows, and neither a column nor an option.</summary>
    private Parser<Lexeme<string>> WordSeparator => field ??= input =>
    {
        var comma = _tokens.Quiet(",")(input);
        var word = comma.WasSuccessful ? _tokens.QuietName(comma.Remainder) : null;
        return word is { WasSuccessful: true, Remainder: ProgramInput behind }
            && (behind.AtEnd || !(behind.Current is '=' or ':' or '(' or '"' || char.IsDigit(behind.Current)))
                ? comma
                : Tokens.Reject<Lexeme<string>>((ProgramInput)input);
    };

    /// <summary>A sign that another label follows.</summary>
    private Parser<Lexeme<string>> LabelSeparator(params string[] signs) => input =>
    {
        foreach (string sign in signs)
        {
            var separator = _tokens.Quiet(sign)(input);
            if (separator.WasSuccessful && (ProgramInput)separator.Remainder is { AtEnd: false, Current: '"' or '\'' })
                return separator;
        }

        return Tokens.Reject<Lexeme<string>>((ProgramInput)input);
    };

    /// <summary>Whether a word opens a type, in whatever language.</summary>
    public static bool IsType(string word) => IsTypeName(word) || Words.Contains(word) || TypeSynonyms.IsList(word) || TypeSynonyms.IsOptional(word)
        || TypeSynonyms.OpensLabels(word) || TypeSynonyms.OpensRecord(word);

    private static bool IsTypeName(string text) => text is "null" or "none" || RlmType.FindNamed(TypeSynonyms.Canonical(text)) is not null;

    private Parser<string> Label =>
        level.Templates.Template.Where(template => template.PlainText is not null).Select(template => template.PlainText!);

    // Where other types fit too, a string is not worth telling as wanted.
    public Parser<string> QuietLabel => input =>
        (ProgramInput)input is { AtEnd: false, Current: '"' or '\'' } ? Label(input) : Tokens.Reject<string>((ProgramInput)input);

    private Parser<TypeSyntax> RecordType =>
        (from head in _tokens.QuietWord.Where(word => TypeSynonyms.OpensRecord(word.Name)).OrNothing()
         from open in ProgramGrammar.ElementLevel.Tokens.Quiet("{")
         from fields in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Types.TypeField)
             .WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma.Or(ProgramGrammar.ElementLevel.Tokens.Quiet(";")))
         from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
         from close in _tokens.Keyword("}")
         select fields).WithSpan((span, fields) => (TypeSyntax)new RecordTypeSyntax(span, fields, false));

    // `name?: T` is how TypeScript says `name: T?`, and JSON puts the name in quotes.
    private Parser<TypeFieldSyntax> TypeField => field ??=
        (from name in _tokens.Word.Or(QuotedName)
         from mark in _tokens.Quiet("?").Select(_ => "?").OrNothing()
         from colon in _tokens.Keyword(":")
         from type in Type.LimitNesting()
         select (name, mark, type)).WithSpan((span, entry) =>
             new TypeFieldSyntax(span, entry.name, entry.mark is null ? entry.type : entry.type with { IsOptional = true }));

    private Parser<IdentifierSyntax> QuotedName => input =>
    {
        var name = QuietLabel.Where(text => text.Length > 0).WithSpan((span, text) => new IdentifierSyntax(span, text))(input);
        return name.WasSuccessful && (ProgramInput)name.Remainder is { AtEnd: false, Current: ':' or '?' }
            ? name
            : Tokens.Reject<IdentifierSyntax>((ProgramInput)input);
    };
}
