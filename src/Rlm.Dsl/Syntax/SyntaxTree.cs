namespace Rlm.Dsl.Syntax;

/// <summary>Walks trees as written.</summary>
internal static class SyntaxTree
{
    /// <summary>The nodes right below, in the order of the text.</summary>
    public static IEnumerable<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        ProgramSyntax program => program.Statements,
        LetSyntax let => [let.Name, let.Value],
        AnswerSyntax answer => [answer.Value],
        AssertSyntax assert => DropMissing(assert.Condition, assert.Message),
        ShowSyntax show => [show.Value],
        PipelineSyntax pipeline => pipeline.Source is null ? pipeline.Stages : [pipeline.Source, .. pipeline.Stages],
        StageSyntax stage => [stage.Head, .. stage.Arguments, .. stage.Call ?? []],
        ArgumentSyntax argument => [argument.Value],
        BindingListSyntax list => list.Bindings,
        BindingSyntax binding => DropMissing(binding.Name, binding.Value),
        OrderListSyntax list => list.Orders,
        OrderSyntax order => [order.Key],
        TemplateSyntax template => template.Parts,
        TemplatePartSyntax part => DropMissing(part.Hole),
        CallSyntax call => [call.Function, .. call.Arguments],
        CallArgumentSyntax argument => DropMissing(argument.Name, argument.Value),
        MemberSyntax member => [member.Target, member.Member],
        IndexSyntax index => [index.Target, index.Index],
        UnarySyntax unary => [unary.Operand],
        BinarySyntax binary => [binary.Left, binary.Right],
        ConditionalSyntax conditional => [conditional.Condition, conditional.Then, conditional.Else],
        LambdaSyntax lambda => [lambda.Parameter, lambda.Body],
        ListSyntax list => list.Items,
        RecordSyntax record => record.Fields,
        RecordFieldSyntax field => DropMissing(field.Value),
        GroupSyntax group => [group.Pipeline],
        ListTypeSyntax list => [list.Item],
        RecordTypeSyntax record => record.Fields,
        TypeFieldSyntax field => [field.Name, field.Type],
        LabelTypeSyntax label => DropMissing(label.Variable),
        _ => [],
    };

    /// <summary>The node and all below it, each with how many nodes stand above it. Takes no stack for a tree of any height.</summary>
    public static IEnumerable<(SyntaxNode Node, int Depth)> Descendants(SyntaxNode node)
    {
        var pending = new Stack<(SyntaxNode Node, int Depth)>();
        pending.Push((node, 0));
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            yield return next;
            foreach (var child in Children(next.Node))
                pending.Push((child, next.Depth + 1));
        }
    }

    private static IEnumerable<SyntaxNode> DropMissing(params SyntaxNode?[] nodes) =>
        nodes.Where(node => node is not null).Select(node => node!);
}
