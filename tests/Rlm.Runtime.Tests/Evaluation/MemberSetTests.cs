using Rlm.Dsl.Syntax;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Operators;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class MemberSetTests
{
    private static readonly object?[] Asked = ["a5", "zz", 7, "7", "7.0", "07", 100, null, true, "true", new DateTime(2026, 3, 1),
        "Mar 1, 2026", "2026-03-01"];

    private static readonly object?[][] Lists =
    [
        [.. Enumerable.Range(0, 20).Select(number => $"a{number}")],
        [.. Enumerable.Range(0, 20).Select(number => (object)number)],
        [.. Enumerable.Range(0, 20).Select(number => $"{number}")],
        [.. Enumerable.Range(0, 20).Select(number => $"a{number}"), 7, null, true, new DateTime(2026, 3, 1)],
        [.. Enumerable.Range(0, 20).Select(number => $"a{number}"), "2026-03-01", "yes"],
        [.. Enumerable.Range(0, 20).Select(number => new object?[] { number })],
    ];

    [TestCaseSource(nameof(Lists))]
    public void Contains_LongListAskedOften_AgreesWithEquality(params object?[] items)
    {
        var list = Items(items);
        var evaluation = new EvaluationContext(new ValueSymbol.Table(), CancellationToken.None) { Operators = OperatorTable.ByName };
        foreach (object? asked in Asked.Concat(Asked))
        {
            var value = Any(asked);
            Assert.That(
                MemberSet.Contains(list, value, evaluation),
                Is.EqualTo(list.Items.Any(item => Comparison.Holds(BinaryOperator.Equal, value, item, evaluation) == true)), $"{asked}");
        }
    }
}
