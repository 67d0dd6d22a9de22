using Rlm.Dsl.Syntax;
using Rlm.Runtime.Evaluation;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class InvariantSearchTests
{
    [Test]
    public void IsInvariant_PipelineOverVariables_IsTrue()
    {
        var own = Stage("where", ("condition", Binary(It(), BinaryOperator.Greater, 1)));

        Assert.That(InvariantSearch.IsInvariant(Pipe(Variable(Items(1, 2)), own, Stage("count"))), Is.True);
        Assert.That(InvariantSearch.IsInvariant(Call("date", "2026-03-01")), Is.True);
    }

    [Test]
    public void IsInvariant_ItemOfTheScopeAround_IsFalse()
    {
        var around = Stage("where", ("condition", Binary(It(), BinaryOperator.Greater, It(1))));

        Assert.That(InvariantSearch.IsInvariant(Pipe(Variable(Items(1, 2)), around)), Is.False);
        Assert.That(InvariantSearch.IsInvariant(Pipe(Variable(Items(1, 2)), Stage("first", ("count", It())))), Is.False);
        Assert.That(InvariantSearch.IsInvariant(Call("lower", It())), Is.False);
        Assert.That(InvariantSearch.IsInvariant(Aggregate("count")), Is.False);
    }

    [Test]
    public void Evaluate_InvariantPipeline_IsEvaluatedOnce()
    {
        var condition = Binary(It(), BinaryOperator.In, Pipe(Variable(Once("1", 3)), Stage("skip", ("count", 0))));

        Assert.That(Show(Evaluate(Items(1, 2, 3), Stage("where", ("condition", condition)))), Is.EqualTo("[1, 3]"));
    }
}
