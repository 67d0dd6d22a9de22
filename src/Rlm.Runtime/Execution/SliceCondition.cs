using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Texts;

namespace Rlm.Runtime.Execution;

/// <summary>Conditions on the item's text alone, which are tested over bytes before a value is made of it.</summary>
internal static class SliceCondition
{
    /// <summary>The test; null for a condition that needs the item as a value.</summary>
    public static SliceReader.Filtered.Condition? Of(BoundExpression condition, Scope? scope, Evaluation evaluation)
    {
        if (condition is not BoundBinary { Left: BoundItem { Depth: 0 } } test)
            return null;

        if (test is { Operator: BinaryOperator.Matches or BinaryOperator.NotMatches, Right: BoundPattern { Regex: not null } })
        {
            var pattern = (PatternValue)ExpressionEvaluator.Evaluate(test.Right, scope, evaluation);
            bool isWanted = test.Operator == BinaryOperator.Matches;
            return text => pattern.IsMatch(text) == isWanted;
        }

        if (test.Right is not BoundLiteral { Value: string literal })
            return null;

        byte[] part = Encoding.UTF8.GetBytes(literal);
        return test.Operator switch
        {
            BinaryOperator.Contains => text => text.IndexOf(part) >= 0,
            BinaryOperator.NotContains => text => text.IndexOf(part) < 0,
            BinaryOperator.StartsWith => text => text.StartsWith(part),
            BinaryOperator.NotStartsWith => text => !text.StartsWith(part),
            BinaryOperator.EndsWith => text => text.EndsWith(part),
            BinaryOperator.NotEndsWith => text => !text.EndsWith(part),
            _ => null,
        };
    }
}
