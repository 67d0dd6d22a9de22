using Rlm.Dsl.Syntax;
using Rlm.Dsl.Tests.Syntax;

namespace Rlm.Dsl.Tests.Parsing;

/// <summary>A span covers exactly its node's text: that text alone, parsed again, gives the same node.</summary>
internal sealed class SpanTests
{
    private static IEnumerable<TestCaseData> Programs => CaseFile.Read("examples.rlm").Select(read => (read.Name, read.Body))
        .Append(("methods", "answer context.lower().trim( ).count\nanswer a[0]\nanswer - 1 + not_( it )"))
        .Append(("blanks", "  let  a =  ( context  |  lines )   # why\n  answer { a : [ 1 , 2 ] , b }  |  first  "))
        .Select(program => new TestCaseData(program.Item2).SetArgDisplayNames(program.Item1));

    [TestCaseSource(nameof(Programs))]
    public void Span_OfEveryNode_CoversItsText(string text)
    {
        var source = new SourceText(text);
        foreach (var (node, _) in SyntaxTree.Descendants(ProgramParser.Parse(source).Program))
        {
            string covered = source.TextAt(node.Span);
            string? wrapped = node switch
            {
                ExpressionSyntax => $"answer ({covered})",
                StageSyntax => $"context | {covered}",
                StatementSyntax => covered,
                TypeSyntax => $"context | llm \"?\" as {covered}",
                IdentifierSyntax name => covered.TrimStart('$') == name.Name ? null : $"{covered} is not {name.Name}",
                _ => null,
            };
            if (wrapped is null)
                continue;

            Assert.That(covered, Is.EqualTo(covered.Trim()), $"blanks around {node}");
            var again = ProgramParser.Parse(new SourceText(wrapped));
            Assert.That(again.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty, wrapped);
            Assert.That(again.Program.Statements.Select(SyntaxDump.Of).First(), Does.Contain(SyntaxDump.Of(node)), wrapped);
        }
    }
}
