using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class FoldOperatorTests
{
    private static readonly ListValue Sales = Rows("who n", "x", 5, "y", 2, "x", null, "x", "1");

    [Test]
    public void Count_List_CountsEveryItem() =>
        Assert.That(Show(Evaluate(Once(1, null, new FailedValue("x")), Stage("count"))), Is.EqualTo("3"));

    [Test]
    public void Count_ByKey_IsInOrderOfFirstSight() =>
        Assert.That(
            Show(Evaluate(Once("b", "a", "b"), Stage("count", ("by", Named("key", It()))))),
            Is.EqualTo("[{key: b, count: 2}, {key: a, count: 1}]"));

    [Test]
    public void Count_ByLabel_HasEveryLabelInDomainOrder()
    {
        var labels = Items(Label("c", "a", "b", "c"), new FailedValue("x"), Label("a", "a", "b", "c"), Label("c", "a", "b", "c"));

        Assert.That(
            Show(Evaluate(labels, Stage("count", ("by", Named("kind", It()))))),
            Is.EqualTo("[{kind: a, count: 1}, {kind: b, count: 0}, {kind: c, count: 2}, {kind: failed, count: 1}]"));
    }

    [Test]
    public void Count_ByLabelOfNoRows_TakesTheDomainFromTheType()
    {
        var key = new BoundField(default, new LabelType(["a", "b"], null), It(), "kind");

        Assert.That(
            Show(Evaluate(Items(), Stage("count", ("by", Named("kind", key))))), Is.EqualTo("[{kind: a, count: 0}, {kind: b, count: 0}]"));
    }

    [Test]
    public void Count_ByLabelAndMore_HasNoZeros()
    {
        var rows = Rows("kind who", Label("b", "a", "b"), "x");

        Assert.That(
            Show(Evaluate(rows, Stage("count", ("by", new[] { Named("kind", Field("kind")), Named("who", Field("who")) })))),
            Is.EqualTo("[{kind: b, who: x, count: 1}]"));
    }

    [Test]
    public void Sum_ByKey_LeavesOutNoneAndSaysSoOnce()
    {
        var run = Run();

        Assert.That(
            Show(Evaluate(Sales, Stage("sum", ("value", Field("n")), ("by", Named("who", Field("who")))), run)),
            Is.EqualTo("[{who: x, sum: 6}, {who: y, sum: 2}]"));
        Assert.That(Notes(run), Is.EqualTo("sum: 1 of 4 values is none and was left out"));
    }

    [TestCase("sum", "16.5")]
    [TestCase("average", "4.125")]
    [TestCase("min", "1")]
    [TestCase("max", "9")]
    [TestCase("median", "3.25")]
    public void Fold_Numbers_GivesTheValue(string name, string expected) =>
        Assert.That(Show(Evaluate(Once(1, 9, 2.5, 4), Stage(name))), Is.EqualTo(expected));

    [Test]
    public void Sum_PastDecimal_GoesOnInDouble() =>
        Assert.That(
            Show(Evaluate(ListValue.Of([new NumberValue(decimal.MaxValue), new NumberValue(decimal.MaxValue)]), Stage("sum"))),
            Is.EqualTo("1.58456325028529E+29"));

    [Test]
    public void Max_DatesAndTexts_AreOrdered()
    {
        Assert.That(Show(Evaluate(Once(new DateTime(2026, 3, 1), new DateTime(2026, 4, 1)), Stage("max"))), Is.EqualTo("2026-04-01"));
        Assert.That(Show(Evaluate(Once("b", null, "a"), Stage("min"))), Is.EqualTo("a"));
    }

    [Test]
    public void Max_TextsThatAreNumbers_GoesByThem()
    {
        Assert.That(Show(Evaluate(Once("9", "10"), Stage("max"))), Is.EqualTo("10"));
        Assert.That(Show(Evaluate(Once("10", "9", 9.5), Stage("min"))), Is.EqualTo("9"));
    }

    [Test]
    public void Max_SomeTextsAreNoNumbers_LeavesThemBehindAndSaysSo()
    {
        var run = Run();

        Assert.That(Show(Evaluate(Once("4", "Unknown", "87"), Stage("max"), run)), Is.EqualTo("87"));
        Assert.That(Notes(run), Is.EqualTo("max: 1 of 3 values is not a number and comes last, as `Unknown`"));
    }

    [Test]
    public void Share_ConditionOrKey_IsAFraction()
    {
        Assert.That(Show(Evaluate(Once(1, 2, 1, 1), Stage("share", ("condition", Equal(It(), 1))))), Is.EqualTo("0.75"));
        Assert.That(
            Show(Evaluate(Once(1, 2, 1, 1), Stage("share", ("by", Named("key", It()))))),
            Is.EqualTo("[{key: 1, share: 0.75}, {key: 2, share: 0.25}]"));
        Assert.That(
            Show(Evaluate(
                Rows("k v", "a", 1, "a", 2, "b", 2), Stage("share", ("condition", Equal(Field("v"), 1)), ("by", Named("k", Field("k")))))),
            Is.EqualTo("[{k: a, share: 0.5}, {k: b, share: 0}]"));
        Assert.That(Show(Evaluate(Items(), Stage("share", ("condition", Equal(It(), 1))))), Is.EqualTo("none"));
    }

    [Test]
    public void Share_ByLabel_HasEveryLabel() => Assert.That(
        Show(Evaluate(Items(Label("b", "a", "b")), Stage("share", ("by", Named("kind", It()))))),
        Is.EqualTo("[{kind: a, share: 0}, {kind: b, share: 1}]"));

    [Test]
    public void Aggregate_Expressions_SeeEachItemOfTheGroup()
    {
        BoundBinding[] aggregates =
        [
            Named("n", Aggregate("count")),
            Named("big", Aggregate("count", Binary(Field("n"), BinaryOperator.Greater, 3))),
            Named("mean", Binary(Aggregate("sum", Field("n")), BinaryOperator.Divide, Aggregate("count"))),
            Named("p", Aggregate("percentile", Field("n"), 100)),
        ];

        Assert.That(
            Show(Evaluate(Sales, Stage("aggregate", ("aggregates", aggregates), ("by", Named("who", Field("who")))))),
            Is.EqualTo("[{who: x, n: 3, big: 1, mean: 2, p: 5}, {who: y, n: 1, big: 0, mean: 2, p: 2}]"));
        Assert.That(Show(Evaluate(Sales, Stage("aggregate", ("aggregates", aggregates[..2])))), Is.EqualTo("{n: 4, big: 1}"));
    }

    [Test]
    public void Aggregate_Neighbours_AreThoseOfTheGroup() => Assert.That(
        Show(Evaluate(Rows("k v", 1, 1, 2, 5, 1, 4), Stage(
            "aggregate",
            ("aggregates", Named("steps", Aggregate("list", Binary(Field("v"), BinaryOperator.Subtract, Neighbour(-1, Field("v")))))),
            ("by", Named("k", Field("k")))))),
        Is.EqualTo("[{k: 1, steps: [none, 3]}, {k: 2, steps: [none]}]"));

    [Test]
    public void AnyAll_Condition_StopEarly()
    {
        var endless = ListValue.Stream(Enumerable.Range(0, int.MaxValue).Select(number => Number(number)));

        Assert.That(Show(Evaluate(endless, Stage("any", ("condition", Equal(It(), 3))))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(endless, Stage("all", ("condition", Equal(It(), 0))))), Is.EqualTo("false"));
        Assert.That(Show(Evaluate(Items(), Stage("all", ("condition", Of(false))))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Items(1), Stage("any", ("condition", Of(null))))), Is.EqualTo("false"));
    }

    [Test]
    public void Join_Items_LeavesOutNone()
    {
        var run = Run();

        Assert.That(Show(Evaluate(Once(null, "a", 1), Stage("join", ("separator", " + ")), run)), Is.EqualTo("a + 1"));
        Assert.That(Notes(run), Is.EqualTo("join: 1 of 3 values is none and was left out"));
    }

    [Test]
    public void To_Bullets_RendersTheList() =>
        Assert.That(Show(Evaluate(Once("a", "b"), Stage("to", ("format", "bullets")))), Is.EqualTo("- a\n- b"));

    [Test]
    public void OperatorTable_Names_AreThoseOfTheCatalogueOnce()
    {
        var names = OperatorTable.All.Select(evaluator => evaluator.Name).ToArray();

        Assert.That(names, Is.Unique);
        Assert.That(names.Where(name => name != "call" && Rlm.Dsl.Operators.OperatorCatalog.Find(name) is null), Is.Empty);
    }
}
