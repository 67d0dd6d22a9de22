using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary><c>[f(x) for x in xs if c]</c> is how Python writes <c>xs | where x => c | map x => f(x)</c>.</summary>
internal static class ComprehensionGrammar
{
    private static ProgramGrammar Level => ProgramGrammar.ElementLevel;

    /// <summary>What follows the value of each item: from <c>for</c> to the condition.</summary>
    public static Parser<Loop> Rest { get; } =
        from word in ParserExtensions.Later(() => Level.Tokens.Quiet("for"))
        from name in ParserExtensions.Later(() => Level.Tokens.QuietName)
        from keyword in ParserExtensions.Later(() => Level.Tokens.Quiet("in"))
        from list in ParserExtensions.Later(() => Level.Expressions.OperatorsOnly)
        from stages in ParserExtensions.Later(() => Level.StagesBehind)
        from condition in (from mark in ParserExtensions.Later(() => Level.Tokens.Quiet("if"))
                           from test in ParserExtensions.Later(() => Level.Expressions.Expression)
                           select test).OrNothing()
        select new Loop(word.Span, name, list, stages, condition);

    /// <summary>The list that is gone through.</summary>
    /// <param name="Word">Where <c>for</c> stands.</param>
    /// <param name="Name">What each item is called.</param>
    /// <param name="List">The list.</param>
    /// <param name="Stages">What the list passes through before.</param>
    /// <param name="Condition">What holds for the items that are taken; null for all.</param>
    internal sealed record Loop(
        SourceSpan Word, IdentifierSyntax Name, ExpressionSyntax List, IReadOnlyList<StageSyntax> Stages, ExpressionSyntax? Condition)
    {
        /// <summary>The pipeline that makes the value of each item.</summary>
        public ExpressionSyntax ToPipeline(SourceSpan span, PipelineSyntax value)
        {
            List<StageSyntax> stages = [.. Stages];
            if (Condition is not null)
                stages.Add(MakeStage("where", Slots.Condition, Condition));
            bool isItem = value is { Stages.Count: 0, Source: NameSyntax { Name: var name } } && name == Name.Name;
            if (!isItem || Condition is null)
                stages.Add(MakeStage("map", Slots.Value, CallArgumentSyntax.Of(value).Operand));
            return new GroupSyntax(span, new PipelineSyntax(span, List, stages));
        }

        private StageSyntax MakeStage(string head, Slot slot, ExpressionSyntax body) => new(body.Span, new IdentifierSyntax(Word, head),
            OperatorCatalog.Find(head), [new ArgumentSyntax(body.Span, slot, new LambdaSyntax(body.Span, Name, body))], null);
    }
}
