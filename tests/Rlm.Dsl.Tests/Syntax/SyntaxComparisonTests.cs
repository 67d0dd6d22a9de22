using System.Reflection;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Tests.Syntax;

internal sealed class SyntaxComparisonTests
{
    private static readonly string[] NotCompared = ["CallArgumentSyntax.Operand", "StageSyntax.IsBroken", "TemplateSyntax.PlainText"];

    [TestCase("rows | where a < 1", "rows | where a <= 1")]
    [TestCase("rows | map \"{a}\"", "rows | map \"{a:0.0}\"")]
    [TestCase("rows | sort by a", "rows | sort by a desc")]
    [TestCase("rows | map llm \"x\" as text", "rows | map llm \"x\" as text?")]
    [TestCase("rows | map llm \"x\" as one of [\"a\": \"b\"]", "rows | map llm \"x\" as one of [\"a\": \"c\"]")]
    [TestCase("rows | map [a, b]", "rows | map (a, b)")]
    [TestCase("rows | map 1h", "rows | map 60")]
    [TestCase("a = 1", "let a = 1")]
    public void AreEqual_OtherPrograms_AreNot(string first, string second) =>
        Assert.That(SyntaxComparison.AreEqual(TreeOf(first), TreeOf(second)), Is.False);

    /// <summary>A property that is added to a node is one more thing to compare: add it there, and here.</summary>
    [Test]
    public void AreEqual_WhatNodesHold_IsCompared() => Assert.That(
        (from type in typeof(SyntaxNode).Assembly.GetTypes()
         where type.IsSubclassOf(typeof(SyntaxNode)) && !type.IsAbstract
         from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
         where !IsNode(property.PropertyType) && property.PropertyType != typeof(SourceSpan)
         select $"{type.Name}.{property.Name}").Except(NotCompared).Order(StringComparer.Ordinal),
        Is.EqualTo(new[]
        {
            "ArgumentSyntax.Slot", "BinarySyntax.Operator", "IdentifierSyntax.Name", "LabelTypeSyntax.Definitions", "LabelTypeSyntax.IsOptional", "LabelTypeSyntax.Labels",
            "LetSyntax.IsImplied", "ListSyntax.IsTuple", "ListTypeSyntax.IsOptional", "LiteralSyntax.Value", "NameSyntax.Name", "NamedTypeSyntax.Format",
            "NamedTypeSyntax.IsOptional", "NamedTypeSyntax.Name", "OrderSyntax.Descending", "RecordFieldSyntax.Name", "RecordTypeSyntax.IsOptional", "RegexSyntax.Flags",
            "RegexSyntax.Pattern", "StageSyntax.Operator", "TemplatePartSyntax.IsDoubled", "TemplatePartSyntax.Text", "UnarySyntax.Operator", "WordSyntax.Word",
        }));

    private static bool IsNode(Type type) => typeof(SyntaxNode).IsAssignableFrom(type)
        || (type.IsGenericType && typeof(SyntaxNode).IsAssignableFrom(type.GetGenericArguments()[0]));

    private static ProgramSyntax TreeOf(string program) => ProgramParser.Parse(new SourceText(program)).Program;
}
