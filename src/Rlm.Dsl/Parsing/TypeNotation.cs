using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// Reads a type in the language's own notation, such as <c>list of {name: text}</c>. Hosts have more than replies: <c>any</c>
/// and <c>none</c>.
/// </summary>
internal static class TypeNotation
{
    /// <exception cref="ArgumentException">It is not a type.</exception>
    public static RlmType Parse(string notation)
    {
        if (notation == "none")
            return RlmType.None;

        string text = $"x | llm \"\" as {notation}";
        var reading = StatementReader.Read(text, 0, new ParseState(text));
        return reading is { Failure: null, Statement: ShowSyntax { Value.Stages: [{ Arguments: [_, { Value: TypeSyntax type }] }] } }
            && Layout.SkipToStatement(text, reading.End) == text.Length
            ? Resolve(type)
            : throw new ArgumentException($"`{notation}` is not a type.", nameof(notation));
    }

    private static RlmType Resolve(TypeSyntax syntax)
    {
        RlmType type = syntax switch
        {
            ListTypeSyntax list => RlmType.ListOf(Resolve(list.Item)),
            RecordTypeSyntax record =>
                new RecordType([.. record.Fields.Select(field => new FieldType(field.Name.Name, Resolve(field.Type)))]),
            LabelTypeSyntax { Labels: { } labels } label => new LabelType(labels, null) { Definitions = label.Definitions },
            NamedTypeSyntax named when RlmType.FindNamed(named.Name) is { } scalar => scalar,
            NamedTypeSyntax { Name: "any" } => RlmType.Unknown,
            _ => throw new ArgumentException($"`{(syntax as NamedTypeSyntax)?.Name}` is not a type."),
        };
        return syntax.IsOptional ? type.OrNone : type;
    }
}
