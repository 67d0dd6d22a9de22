namespace Rlm.Dsl.Syntax;

/// <summary>Compares trees by all that they hold but where it stood.</summary>
internal static class SyntaxComparison
{
    /// <summary>Whether two trees are of programs that mean the same.</summary>
    public static bool AreEqual(SyntaxNode first, SyntaxNode second)
    {
        var pending = new Stack<(SyntaxNode First, SyntaxNode Second)>();
        pending.Push((first, second));
        while (pending.Count > 0)
        {
            var pair = pending.Pop();
            if (pair.First.GetType() != pair.Second.GetType() || !Equals(ContentOf(pair.First), ContentOf(pair.Second)))
                return false;

            SyntaxNode[] children = [.. SyntaxTree.Children(pair.First)], others = [.. SyntaxTree.Children(pair.Second)];
            if (children.Length != others.Length)
                return false;
            for (int i = 0; i < children.Length; i++)
                pending.Push((children[i], others[i]));
        }

        return true;
    }

    /// <summary>What a node holds beside the nodes below it.</summary>
    private static object? ContentOf(SyntaxNode node) => node switch
    {
        LetSyntax let => let.IsImplied,
        AssertSyntax assert => assert.Message is null,
        PipelineSyntax pipeline => pipeline.Source is null,
        StageSyntax stage => (stage.Operator?.Name, stage.Call is null, stage.Arguments.Count),
        ArgumentSyntax argument => argument.Slot,
        BindingSyntax binding => (binding.Name is null, binding.Value is null),
        WordSyntax word => word.Word,
        IdentifierSyntax name => name.Name,
        NameSyntax name => name.Name,
        OrderSyntax order => order.Descending,
        LiteralSyntax literal => literal.Value,
        TemplatePartSyntax part => (part.Text, part.Format?.Value, part.IsDoubled),
        RegexSyntax regex => (regex.Pattern, regex.Flags),
        CallArgumentSyntax argument => argument.Name is null,
        UnarySyntax unary => unary.Operator,
        BinarySyntax binary => binary.Operator,
        ListSyntax list => list.IsTuple,
        RecordFieldSyntax field => (field.Name, field.Value is null),
        NamedTypeSyntax type => (type.Name, type.Format, type.IsOptional),
        LabelTypeSyntax type => (type.Labels is null ? null : string.Join("\n", type.Labels), string.Join("\n", type.Definitions), type.IsOptional),
        TypeSyntax type => type.IsOptional,
        _ => null,
    };
}
