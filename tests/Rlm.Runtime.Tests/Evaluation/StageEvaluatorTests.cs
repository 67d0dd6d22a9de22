using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Operators;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class StageEvaluatorTests
{
    [Test]
    public void Evaluate_LiftedFunction_WorksOnEachItemInOrder()
    {
        var stage = StageOf("call", RlmType.ListOf(RlmType.Text), true, ("value", Call("upper", It())));

        Assert.That(Show(Evaluate(Once("a", null, "b"), stage)), Is.EqualTo("[A, none, B]"));
    }

    [Test]
    public void Evaluate_LiftedFunctionOfLists_GivesOneList()
    {
        var stage = StageOf("call", RlmType.ListOf(RlmType.Text), true, ("value", Call("split", It(), "-")));

        Assert.That(Show(Evaluate(Once("a-b", "c"), stage)), Is.EqualTo("[a, b, c]"));
    }

    [Test]
    public void Evaluate_FunctionStage_TakesTheValueWhole()
    {
        var stage = StageOf("call", RlmType.Unknown, false, ("value", Call("sum", It())));

        Assert.That(Show(Evaluate(Once(1, 2), stage)), Is.EqualTo("3"));
    }

    [Test]
    public void Evaluate_ListOperatorOnText_SaysWhatCame()
    {
        var exception = Assert.Throws<EvaluationException>(() => Evaluate(Text("x"), Stage("count")))!;

        Assert.That(exception.Message, Is.EqualTo("`count` takes a list and got a text"));
        Assert.That(exception.Help, Is.EqualTo("cut the text first, as with `lines`"));
    }

    [Test]
    public void Evaluate_CancelledRun_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var evaluation = new EvaluationContext(new ValueSymbol.Table(), cancellation.Token) { Operators = OperatorTable.ByName };

        Assert.That(
            () => Show(Evaluate(Items(1), Stage("map", ("value", It())), evaluation)), Throws.InstanceOf<OperationCanceledException>());
    }
}
