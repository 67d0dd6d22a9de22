using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Tests.Parsing;

/// <summary>Rule 2: what binds tighter.</summary>
internal sealed class PrecedenceTests
{
    [TestCase("a or b and c", "(a Or (b And c))")]
    [TestCase("not a and b", "((Not a) And b)")]
    [TestCase("not a == b", "(Not (a Equal b))")]
    [TestCase("not not a", "(Not (Not a))")]
    [TestCase("a == b + c * d", "(a Equal (b Add (c Multiply d)))")]
    [TestCase("a - b - c", "((a Subtract b) Subtract c)")]
    [TestCase("a / b * c % d", "(((a Divide b) Multiply c) Remainder d)")]
    [TestCase("-a * b", "((Negate a) Multiply b)")]
    [TestCase("a not in b or c", "((a NotIn b) Or c)")]
    [TestCase("a starts with b and c ends with d", "((a StartsWith b) And (c EndsWith d))")]
    [TestCase("x => a or b", "(x => (a Or b))")]
    [TestCase("if a then b else c or d", "(if a then b else (c Or d))")]
    [TestCase("a + -b", "(a Add (Negate b))")]
    [TestCase("a is failed or b", "((IsFailed a) Or b)")]
    [TestCase("not a + b is not failed", "(Not (IsNotFailed (a Add b)))")]
    [TestCase("a is none", "(a Equal LiteralSyntax)")]
    [TestCase("a is failed2", "(a Equal failed2)")]
    public void Parse_Operators_BindAsRule2Says(string expression, string tree)
    {
        var (program, diagnostics) = ProgramParser.Parse(new SourceText($"answer {expression}"));

        Assert.That(diagnostics, Is.Empty);
        Assert.That(Shape(((AnswerSyntax)program.Statements[0]).Value.Source!), Is.EqualTo(tree));
    }

    private static string Shape(ExpressionSyntax expression) => expression switch
    {
        NameSyntax name => name.Name,
        UnarySyntax unary => $"({unary.Operator} {Shape(unary.Operand)})",
        BinarySyntax binary => $"({Shape(binary.Left)} {binary.Operator} {Shape(binary.Right)})",
        LambdaSyntax lambda => $"({lambda.Parameter.Name} => {Shape(lambda.Body)})",
        ConditionalSyntax conditional =>
            $"(if {Shape(conditional.Condition)} then {Shape(conditional.Then)} else {Shape(conditional.Else)})",
        _ => expression.GetType().Name,
    };
}
