using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

internal sealed partial class ProgramGrammar
{
    private Parser<TypeSyntax> Type => field ??=
        (from core in ParserExtensions.Later(() => BaseType)
         from mark in _tokens.Quiet("?").Or(OrNone).Select(_ => "?").OrNothing()
         select (core, mark)).Spanned((span, type) => type.mark is null ? type.core : type.core with { Span = span, IsOptional = true });

    // `T or none`, `T | null`: how other languages say `T?`.
    private Parser<Lexeme<string>> OrNone =>
        from or in _tokens.Quiet("or")
        from none in _tokens.Quiet("none").Or(_tokens.Quiet("null"))
        select none;

    private Parser<TypeSyntax> BaseType => field ??= ListType.Or(BracketListType).Or(LabelType).Or(RecordType).Or(NamedType);

    private Parser<TypeSyntax> NamedType =>
        _tokens.Word.Select(word => (TypeSyntax)new NamedTypeSyntax(word.Span, TypeSynonyms.Canonical(word.Name), false)).Named("a type");

    private Parser<TypeSyntax> ListType =>
        (from list in _tokens.Quiet("list").Or(_tokens.Quiet("array"))
         from item in (from of in _tokens.Keyword("of") from type in Type.Nested() select type)
            .Or(from open in _tokens.Quiet("<") from type in Type.Nested() from close in _tokens.Keyword(">") select type)
         select item).Spanned((span, item) => (TypeSyntax)new ListTypeSyntax(span, item, false));

    private Parser<TypeSyntax> BracketListType =>
        (from open in CellLevel._tokens.Quiet("[")
         from item in CellLevel.Type.Nested()
         from close in _tokens.Keyword("]")
         select item).Spanned((span, item) => (TypeSyntax)new ListTypeSyntax(span, item, false));

    private Parser<TypeSyntax> LabelType =>
        (from one in _tokens.Quiet("one")
         from of in _tokens.Keyword("of")
         from labels in LabelList.Select(labels => ((IdentifierSyntax?)null, (IReadOnlyList<string>?)labels))
            .Or(_tokens.Name.Select(name => ((IdentifierSyntax?)name, (IReadOnlyList<string>?)null)))
         select labels).Spanned((span, type) => (TypeSyntax)new LabelTypeSyntax(span, type.Item1, type.Item2, false));

    private Parser<IReadOnlyList<string>> LabelList =>
        (from open in CellLevel._tokens.Quiet("[")
         from labels in CellLevel.Label.WithCommas(CellLevel._tokens.Keyword(","))
         from close in _tokens.Keyword("]")
         select labels)
        // A bare list of strings is understood where a comma cannot mean anything else.
        .Or(_hasCommaLists ? Label.WithCommas(_tokens.Quiet(",")) : Label.Select(label => (IReadOnlyList<string>)[label]));

    private Parser<string> Label => Template.Where(template => template.PlainText is not null).Select(template => template.PlainText!);

    private Parser<TypeSyntax> RecordType =>
        (from open in CellLevel._tokens.Quiet("{")
         from fields in ParserExtensions.Later(() => CellLevel.TypeField).WithCommas(CellLevel._tokens.Keyword(","))
         from close in _tokens.Keyword("}")
         select fields).Spanned((span, fields) => (TypeSyntax)new RecordTypeSyntax(span, fields, false));

    private Parser<TypeFieldSyntax> TypeField => field ??=
        (from name in _tokens.Word
         from colon in _tokens.Keyword(":")
         from type in Type.Nested()
         select (name, type)).Spanned((span, entry) => new TypeFieldSyntax(span, entry.name, entry.type));
}
