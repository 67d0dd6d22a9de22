using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class RowOperatorTests
{
    [Test]
    public void Where_Condition_KeepsOrderAndStreams()
    {
        var kept = (ListValue)Evaluate(Once(3, 1, null, 2), Stage("where", ("condition", Binary(It(), BinaryOperator.Greater, 1))));

        Assert.That(kept.IsStreamed, Is.True);
        Assert.That(Show(kept), Is.EqualTo("[3, 2]"));
    }

    [Test]
    public void Where_Index_CountsFromZero() =>
        Assert.That(Show(Evaluate(Once("a", "b"), Stage("where", ("condition", Equal(ItsIndex, 1))))), Is.EqualTo("[b]"));

    [Test]
    public void Map_StreamedLists_CanBeReadTwice()
    {
        var made = (ListValue)Evaluate(Items(1), Stage("map", ("value", Pipe(List(1, 2), Stage("skip", ("count", 1))))));
        var inner = (ListValue)made.ReadAll()[0];

        Assert.That(inner.IsStreamed, Is.False);
    }

    [Test]
    public void Extend_LaterBinding_SeesEarlierOne()
    {
        var rows = (ListValue)Evaluate(
            Lines("a\nbcd"),
            Stage(
                "extend",
                ("bindings", new[] { Named("n", Call("length", It())), Named("twice", Binary(Field("n"), BinaryOperator.Multiply, 2)) })));
        var made = rows.ReadAll();

        Assert.That(Show(rows), Is.EqualTo("[{text: a, n: 1, twice: 2}, {text: bcd, n: 3, twice: 6}]"));
        Assert.That(((RecordValue)made[0]).Shape, Is.SameAs(((RecordValue)made[1]).Shape));
        Assert.That(Reading.AsText(made[1])!.ToString(), Is.EqualTo("bcd"));
        Assert.That(Show(Provenance.Of(made[1], ProvenanceKind.Cite)), Is.EqualTo("a.txt:2"));
    }

    [Test]
    public void Extend_ExistingField_IsReplacedWhereItStands() =>
        Assert.That(
            Show(Evaluate(Rows("a b", 1, 2), Stage("extend", ("bindings", Named("a", Binary(Field("a"), BinaryOperator.Add, 1)))))),
            Is.EqualTo("[{a: 2, b: 2}]"));

    [Test]
    public void Extend_Numbers_MakesRowsOfValue() =>
        Assert.That(Show(Evaluate(Items(5), Stage("extend", ("bindings", Named("n", It()))))), Is.EqualTo("[{value: 5, n: 5}]"));

    [Test]
    public void Extend_FailedItem_KeepsItsPlace()
    {
        var stage = StageOf("extend", RlmType.ListOf(RlmType.Text), false, ("bindings", Named("n", 1)));

        Assert.That(Show(Evaluate(Items("a", new FailedValue("x")), stage)), Is.EqualTo("[{text: a, n: 1}, {text: failed, n: 1}]"));
    }

    [Test]
    public void Extend_PreviousRow_IsSeen() => Assert.That(
        Show(Evaluate(
            Rows("a", 1, 4),
            Stage("extend", ("bindings", Named("step", Binary(Field("a"), BinaryOperator.Subtract, Neighbour(-1, Field("a")))))))),
        Is.EqualTo("[{a: 1, step: none}, {a: 4, step: 3}]"));

    [Test]
    public void Select_Columns_AreRenamedAndComputed() => Assert.That(
        Show(Evaluate(Rows("a b", 1, "x"), Stage(
            "select", ("columns", new[] { Named("b", Field("b")), Named("twice", Binary(Field("a"), BinaryOperator.Multiply, 2)) })))),
        Is.EqualTo("[{b: x, twice: 2}]"));

    [Test]
    public void Get_ListRecordOrNone_IsTheField()
    {
        var stage = Stage("get", ("field", "a"));

        Assert.That(Show(Evaluate(Rows("a", 1, 2), stage)), Is.EqualTo("[1, 2]"));
        Assert.That(Show(Evaluate(Rows("a", 1).ReadAll()[0], stage)), Is.EqualTo("1"));
        Assert.That(Show(Evaluate(NoneValue.Instance, stage)), Is.EqualTo("none"));
    }

    [Test]
    public void Sort_Keys_IsStableAndPutsNoneLast()
    {
        var rows = Rows("k v", 1, "a", null, "b", 2, "c", 1, "d");

        Assert.That(Show(Values(Evaluate(rows, Stage("sort", ("orders", Order(Field("k"))))))), Is.EqualTo("[a, d, c, b]"));
        Assert.That(Show(Values(Evaluate(rows, Stage("sort", ("orders", Order(Field("k"), true)))))), Is.EqualTo("[c, a, d, b]"));
        Assert.That(
            Show(Values(Evaluate(rows, Stage("sort", ("orders", new[] { Order(Field("k")), Order(Field("v"), true) }))))),
            Is.EqualTo("[d, a, c, b]"));

        static Value Values(Value list) => FieldAccess.Of(list, "v");
    }

    [Test]
    public void Sort_TextsAndNumbers_IsByNumber() =>
        Assert.That(Show(Evaluate(Items(9.5, "10", "9", "x"), Stage("sort"))), Is.EqualTo("[9, 9.5, 10, x]"));

    [Test]
    public void Top_NumbersAndTextsThatReadSo_AreOneOrder() =>
        Assert.That(Show(Evaluate(Items("10", "9", 9.5, "-"), Stage("top", ("count", 2), ("key", It())))), Is.EqualTo("[10, 9.5]"));

    [TestCase("9", "10", "[9, 10]")]
    [TestCase("2015-6-9", "2015-6-30", "[2015-6-9, 2015-6-30]")]
    [TestCase("b", "a", "[a, b]")]
    public void Sort_Texts_GoByWhatTheyRead(string first, string second, string expected) =>
        Assert.That(Show(Evaluate(Items(first, second), Stage("sort"))), Is.EqualTo(expected));

    [Test]
    public void Sort_SomeTextsAreNoNumbers_PutsThemLastAndSaysSo()
    {
        var run = Run();

        Assert.That(Show(Evaluate(Items("b", "10", "a", "9", "8"), Stage("sort"), run)), Is.EqualTo("[8, 9, 10, a, b]"));
        Assert.That(Notes(run), Is.EqualTo("sort: 2 of 5 values are not numbers and come last, as `b`"));
    }

    [Test]
    public void Sort_MostTextsAreNoNumbers_GoesByCodePoints() =>
        Assert.That(Show(Evaluate(Items("b", "10", "a", "9"), Stage("sort"))), Is.EqualTo("[10, 9, a, b]"));

    [Test]
    public void Top_Ties_TakesTheEarlierAndSaysHowManyMore()
    {
        var run = Run();
        var rows = Rows("k count", "a", 3, "b", 7, "c", 7, "d", 9, "e", 7);

        Assert.That(
            Show(FieldAccess.Of(Evaluate(rows, Stage("top", ("count", 2), ("key", Field("count"))), run), "k")), Is.EqualTo("[d, b]"));
        Assert.That(Notes(run), Is.EqualTo("top 2: 2 more rows tie with the last one taken (count = 7); add `with ties`"));
    }

    [Test]
    public void Top_WithTies_TakesThemAll()
    {
        var run = Run();
        var rows = Rows("k count", "a", 7, "b", 3, "c", 7, "d", 9);

        Assert.That(
            Show(FieldAccess.Of(Evaluate(rows, Stage("top", ("count", 2), ("key", Field("count")), ("withTies", true)), run), "k")),
            Is.EqualTo("[d, a, c]"));
        Assert.That(run.Notes, Is.Empty);
    }

    [Test]
    public void Top_GreaterOnesLater_ForgetsTiesOfTheLesser()
    {
        var run = Run();

        Assert.That(Show(Evaluate(Once(1, 1, 1, 2, 3), Stage("top", ("count", 2), ("key", It())), run)), Is.EqualTo("[3, 2]"));
        Assert.That(run.Notes, Is.Empty);
    }

    [Test]
    public void Top_NoneKeys_ComeLast() =>
        Assert.That(Show(Evaluate(Items(null, 1, 2), Stage("top", ("count", 3), ("key", It())))), Is.EqualTo("[2, 1, none]"));

    [TestCase(0, "[]")]
    [TestCase(9, "[2, 1]")]
    public void Top_CountAtTheEnds_IsTaken(int count, string expected) =>
        Assert.That(Show(Evaluate(Once(1, 2), Stage("top", ("count", count), ("key", It())))), Is.EqualTo(expected));

    [Test]
    public void FirstLastSkip_CountOrNone_CutTheList()
    {
        Assert.That(Show(Evaluate(Once(1, 2, 3), Stage("first"))), Is.EqualTo("1"));
        Assert.That(Show(Evaluate(Once(1, 2, 3), Stage("first", ("count", 2)))), Is.EqualTo("[1, 2]"));
        Assert.That(Show(Evaluate(Once(1, 2, 3), Stage("last"))), Is.EqualTo("3"));
        Assert.That(Show(Evaluate(Once(1, 2, 3), Stage("last", ("count", 2)))), Is.EqualTo("[2, 3]"));
        Assert.That(Show(Evaluate(Once(1, 2, 3), Stage("skip", ("count", 2)))), Is.EqualTo("[3]"));
        Assert.That(Show(Evaluate(Items(), Stage("first"))), Is.EqualTo("none"));
        Assert.That(Show(Evaluate(Items(), Stage("last"))), Is.EqualTo("none"));
    }

    [Test]
    public void First_EndlessStream_ReadsNoFurther()
    {
        var endless = ListValue.Stream(Enumerable.Range(0, int.MaxValue).Select(number => Number(number)));

        Assert.That(Show(Evaluate(endless, Stage("first", ("count", 2)))), Is.EqualTo("[0, 1]"));
    }

    [TestCase(-1, "-1")]
    [TestCase(1.5, "1.5")]
    [TestCase("x", "a text")]
    public void Skip_NoWholeNumber_IsAnError(object count, string shown)
    {
        var exception = Assert.Throws<EvaluationException>(() => Evaluate(Items(1), Stage("skip", ("count", count))))!;

        Assert.That(exception.Message, Is.EqualTo($"`skip` takes a whole number of at least 0 here, not {shown}"));
    }

    [Test]
    public void Distinct_ByKey_KeepsTheFirst()
    {
        Assert.That(
            Show(Evaluate(Once("a", "A", "b"), Stage("distinct", ("by", Named("key", Call("lower", It())))))), Is.EqualTo("[a, b]"));
        Assert.That(Show(Evaluate(Lines("x\ny\nx"), Stage("distinct"))), Is.EqualTo("[x, y]"));
    }

    [Test]
    public void Flatten_Lists_IsOneList() =>
        Assert.That(
            Show(Evaluate(Once(new object?[] { 1, 2 }, null, new object?[] { 3 }, new FailedValue("x")), Stage("flatten"))),
            Is.EqualTo("[1, 2, 3, failed]"));

    [Test]
    public void Flatten_Groups_UndoesTheGroup()
    {
        var groups = Evaluate(Once(1, 2, 3), Stage("group", ("by", Named("odd", Binary(It(), BinaryOperator.Remainder, 2)))));

        Assert.That(Show(groups), Is.EqualTo("[{odd: 1, items: [1, 3]}, {odd: 0, items: [2]}]"));
        Assert.That(Show(Evaluate(groups, Stage("flatten"))), Is.EqualTo("[1, 3, 2]"));
    }

    [Test]
    public void Flatten_Field_KeepsTheOtherFields() => Assert.That(
        Show(Evaluate(Rows("k v", "a", new object?[] { 1, 2 }, "b", Array.Empty<object?>(), "c", 3), Stage("flatten", ("field", "v")))),
        Is.EqualTo("[{k: a, v: 1}, {k: a, v: 2}, {k: c, v: 3}]"));

    [Test]
    public void Flatten_Scalars_IsAnError() =>
        Assert.That(() => Show(Evaluate(Items(1), Stage("flatten"))), Throws.TypeOf<EvaluationException>().With.Message.EqualTo(
            "`flatten` takes a list of lists or of groups and got a number in it"));

    [Test]
    public void Group_OneKey_IsAlsoCalledKey() =>
        Assert.That(
            Show(FieldAccess.Of(Evaluate(Items("a", "b", "a"), Stage("group", ("by", Named("it", It())))), "key")), Is.EqualTo("[a, b]"));

    [Test]
    public void Pairs_Items_AreEachPairOnce()
    {
        Assert.That(Show(Evaluate(Once("x", "y", "z"), Stage("pairs"))), Is.EqualTo("[{a: x, b: y}, {a: x, b: z}, {a: y, b: z}]"));
        Assert.That(
            Show(Evaluate(Once(1, 2, 3), Stage("pairs", ("condition", Equal(Binary(Field("a"), BinaryOperator.Add, Field("b")), 4))))),
            Is.EqualTo("[{a: 1, b: 3}]"));
    }

    [Test]
    public void Follow_Chain_IsBreadthFirstAndEndsInCycles()
    {
        var rows = Rows("from to", "b", "d", "a", "b", "a", "c", "c", "a", "x", "y");

        Assert.That(
            Show(Evaluate(rows, Follow("a"))), Is.EqualTo("[{from: a, to: b}, {from: a, to: c}, {from: b, to: d}, {from: c, to: a}]"));
        Assert.That(Show(Evaluate(rows, Follow("q"))), Is.EqualTo("[]"));
    }

    [Test]
    public void Follow_Max_StopsAndSaysSo()
    {
        var run = Run();

        Assert.That(Show(Evaluate(Rows("from to", 1, 2, 2, 3), Follow("1", ("max", 1)), run)), Is.EqualTo("[{from: 1, to: 2}]"));
        Assert.That(Notes(run), Is.EqualTo("follow: stopped after 1 rows, as `max` says; there are more"));
    }

    private static BoundStage Follow(string start, params (string, object?)[] more) =>
        Stage("follow", [("start", start), ("from", "from"), ("to", "to"), .. more]);
}
