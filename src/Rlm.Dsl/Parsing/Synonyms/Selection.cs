using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>The conditions of jq: <c>.n > 2 and .k == "a"</c>, <c>.name | startswith("a")</c>, <c>.name | test("^a")</c>; <c>map(select(C))</c> keeps items.</summary>
internal static class Selection
{
    private const string Head = "select";

    /// <summary>Whether a word with parentheses behind it may open one.</summary>
    public static bool Opens(string word) => word == Head;

    /// <summary>A <c>map</c> of a selection is the filter; null for any other stage.</summary>
    public static IReadOnlyList<StageSyntax>? Expand(StageSyntax stage) =>
        stage.Operator == OperatorCatalog.Find("map") && stage is { Arguments: [{ Value: CallSyntax { Function.Name: Head, Arguments: [{ Name: null, Value: var selected }] } }] } && ConditionOf(selected) is { } condition
            ? [stage with { Operator = OperatorCatalog.Find("where"), Arguments = [new ArgumentSyntax(condition.Span, Slots.Condition, condition)] }] : null;

    /// <summary>The condition that a pipeline is; null for any other value.</summary>
    public static ExpressionSyntax? ConditionOf(PipelineSyntax pipeline) => pipeline switch
    {
        { Stages.Count: 0, Source: { } value } => ConditionOf(value),
        { Source: { } subject, Stages: [{ Operator: null, Call: [{ Name: null, Operand: TemplateSyntax { PlainText: { } text } part }], Head.Name: var test }] } => test switch
        {
            "startswith" => new BinarySyntax(pipeline.Span, BinaryOperator.StartsWith, subject, part),
            "endswith" => new BinarySyntax(pipeline.Span, BinaryOperator.EndsWith, subject, part),
            "contains" => new BinarySyntax(pipeline.Span, BinaryOperator.Contains, subject, part),
            "test" => new BinarySyntax(pipeline.Span, BinaryOperator.Matches, subject, new RegexSyntax(part.Span, text, "")),
            _ => null,
        },
        _ => null,
    };

    private static ExpressionSyntax? ConditionOf(ExpressionSyntax value) => value switch
    {
        BinarySyntax { Operator: BinaryOperator.And or BinaryOperator.Or } both => ConditionOf(both.Left) is { } left && ConditionOf(both.Right) is { } right ? both with { Left = left, Right = right } : null,
        BinarySyntax { Operator: < BinaryOperator.Add } => value,
        UnarySyntax { Operator: UnaryOperator.Not } not => ConditionOf(not.Operand) is { } operand ? not with { Operand = operand } : null,
        GroupSyntax { Pipeline: var inner } => ConditionOf(inner),
        _ => null,
    };
}
