using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class ExpressionEvaluatorTests
{
    private static readonly BoundExpression Date = Call("date", "2026-03-01 10:00");

    [Test]
    public void Evaluate_TenthsAdded_IsExact() =>
        Assert.That(Show(Evaluate(Equal(Binary(0.1, BinaryOperator.Add, 0.2), 0.3))), Is.EqualTo("true"));

    [TestCase(7, BinaryOperator.Divide, 2, "3.5")]
    [TestCase(7, BinaryOperator.Remainder, 4, "3")]
    [TestCase(7, BinaryOperator.Divide, 0, "none")]
    [TestCase(7, BinaryOperator.Remainder, 0, "none")]
    [TestCase("7", BinaryOperator.Multiply, 2, "14")]
    [TestCase("x", BinaryOperator.Multiply, 2, "none")]
    [TestCase("a", BinaryOperator.Add, "b", "none")]
    [TestCase("1.5", BinaryOperator.Add, "2", "3.5")]
    [TestCase("5", BinaryOperator.Subtract, "3", "2")]
    [TestCase(null, BinaryOperator.Add, 1, "none")]
    [TestCase(null, BinaryOperator.Add, "a", "none")]
    public void Evaluate_Arithmetic_GivesValueOrNone(object? left, object operation, object? right, string expected) =>
        Assert.That(Show(Evaluate(Binary(left, (BinaryOperator)operation, right))), Is.EqualTo(expected));

    [Test]
    public void Evaluate_PastDecimal_GoesOnInDouble()
    {
        var run = Run();

        Assert.That(
            Show(Evaluate(Binary(decimal.MaxValue, BinaryOperator.Add, decimal.MaxValue), evaluation: run)),
            Is.EqualTo("1.58456325028529E+29"));
        Assert.That(Notes(run), Is.EqualTo("1 result of arithmetic is beyond 28 digits and was computed in double, to 15 digits"));
    }

    [Test]
    public void Evaluate_DatesAndDurations_AddAndSubtract()
    {
        var day = TimeSpan.FromDays(1);

        Assert.That(Show(Evaluate(Binary(Date, BinaryOperator.Add, day))), Is.EqualTo("2026-03-02 10:00"));
        Assert.That(Show(Evaluate(Binary(Date, BinaryOperator.Subtract, TimeSpan.FromMinutes(5)))), Is.EqualTo("2026-03-01 09:55"));
        Assert.That(Show(Evaluate(Equal(Binary(Date, BinaryOperator.Subtract, "2026-02-28 10:00"), day))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Binary(day, BinaryOperator.Divide, TimeSpan.FromHours(1)))), Is.EqualTo("24"));
        Assert.That(Show(Evaluate(Binary(Binary(day, BinaryOperator.Multiply, 2), BinaryOperator.Greater, day))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Binary(Date, BinaryOperator.Add, TimeSpan.MaxValue))), Is.EqualTo("none"));
    }

    [TestCase("10", BinaryOperator.Greater, 9, "true")]
    [TestCase("x", BinaryOperator.Greater, 9, "false")]
    [TestCase("x", BinaryOperator.LessOrEqual, 9, "false")]
    [TestCase(null, BinaryOperator.Less, 9, "false")]
    [TestCase(null, BinaryOperator.GreaterOrEqual, null, "false")]
    [TestCase(null, BinaryOperator.Equal, null, "true")]
    [TestCase(null, BinaryOperator.NotEqual, 1, "true")]
    [TestCase("abc", BinaryOperator.Contains, "bc", "true")]
    [TestCase("abc", BinaryOperator.NotContains, "bd", "true")]
    [TestCase(null, BinaryOperator.Contains, "a", "false")]
    [TestCase(null, BinaryOperator.NotContains, "a", "true")]
    [TestCase("b", BinaryOperator.In, "abc", "true")]
    [TestCase("abc", BinaryOperator.StartsWith, "ab", "true")]
    [TestCase("abc", BinaryOperator.EndsWith, "bc", "true")]
    [TestCase("abc", BinaryOperator.NotEndsWith, "abcd", "true")]
    [TestCase("abc", BinaryOperator.Matches, "b", "true")]
    [TestCase(125, BinaryOperator.StartsWith, "12", "true")]
    public void Evaluate_Comparison_GivesBool(object? left, object operation, object? right, string expected) =>
        Assert.That(Show(Evaluate(Binary(left, (BinaryOperator)operation, right))), Is.EqualTo(expected));

    [Test]
    public void Evaluate_TextBesideDate_IsReadAsDate()
    {
        Assert.That(Show(Evaluate(Binary(Date, BinaryOperator.Less, "Mar 02, 2026"))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Binary("2026-02-01", BinaryOperator.GreaterOrEqual, Date))), Is.EqualTo("false"));
    }

    [Test]
    public void Evaluate_UnreadableTexts_AreCountedInTheNote()
    {
        var run = Run();
        Evaluate(Items("1", "x", "y"), Stage("where", ("condition", Binary(It(), BinaryOperator.Greater, 0))), run);

        Assert.That(run.Notes, Is.Empty, "Nothing has been read yet.");
        Show(Evaluate(Items("1", "x", "y"), Stage("where", ("condition", Binary(It(), BinaryOperator.Greater, 0))), run));
        Assert.That(Notes(run), Is.EqualTo("2 texts beside a number could not be read as one and counted as none"));
    }

    [TestCase(2, true)]
    [TestCase("3", true)]
    [TestCase(4, false)]
    [TestCase(null, false)]
    public void Evaluate_InList_ComparesAsEqualDoes(object? item, bool expected)
    {
        Assert.That(Show(Evaluate(Binary(item, BinaryOperator.In, List(1, "2", 3)))), Is.EqualTo(expected ? "true" : "false"));
        Assert.That(Show(Evaluate(Binary(item, BinaryOperator.NotIn, List(1, "2", 3)))), Is.EqualTo(expected ? "false" : "true"));
        Assert.That(Show(Evaluate(Binary(List(1, "2", 3), BinaryOperator.Contains, item))), Is.EqualTo(expected ? "true" : "false"));
    }

    [Test]
    public void Evaluate_Matches_RunsTheRegexAtLines()
    {
        Assert.That(Show(Evaluate(Binary("a\nbc", BinaryOperator.Matches, Regex("^B", "i")))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Binary("a\nbc", BinaryOperator.NotMatches, Regex("^c")))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Not(Binary(null, BinaryOperator.Matches, Regex("x"))))), Is.EqualTo("true"));
    }

    [Test]
    public void Evaluate_AndOr_TakeNoneAsFalseAndStopEarly()
    {
        var failing = Call("bin", 1, "x");

        Assert.That(Show(Evaluate(Binary(false, BinaryOperator.And, failing))), Is.EqualTo("false"));
        Assert.That(Show(Evaluate(Binary(true, BinaryOperator.Or, failing))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Binary(null, BinaryOperator.Or, true))), Is.EqualTo("true"));
        Assert.That(Show(Evaluate(Not(Of(null)))), Is.EqualTo("true"));
    }

    [Test]
    public void Evaluate_FieldOfList_IsTheListOfTheField() =>
        Assert.That(Show(Evaluate(Field("a"), Rows("a b", 1, 2, 3, 4))), Is.EqualTo("[1, 3]"));

    [Test]
    public void Evaluate_FieldOfNone_IsNone() => Assert.That(Show(Evaluate(Field("a"), NoneValue.Instance)), Is.EqualTo("none"));

    [Test]
    public void Evaluate_TextFieldOfText_IsTheText() => Assert.That(Show(Evaluate(Field("text"), Text("x"))), Is.EqualTo("x"));

    [Test]
    public void Evaluate_OpenField_FallsBackWhereTheRowHasNone()
    {
        var row = Rows("a", 1).ReadAll()[0];
        var run = Run();

        Assert.That(Show(Evaluate(new BoundOpenField(default, It(), "a", Of(9)), row, run)), Is.EqualTo("1"));
        Assert.That(Show(Evaluate(new BoundOpenField(default, It(), "b", Of(9)), row, run)), Is.EqualTo("9"));
        Assert.That(run.Notes, Is.Empty);
        Assert.That(Show(Evaluate(new BoundOpenField(default, It(), "b", null), row, run)), Is.EqualTo("none"));
        Assert.That(Notes(run), Is.EqualTo("no row has a field `b`, which counts as none (1 time)"));
    }

    [TestCase(0, "a")]
    [TestCase(-1, "c")]
    [TestCase(3, "none")]
    [TestCase(-4, "none")]
    [TestCase(0.5, "none")]
    public void Evaluate_Indexer_CountsFromEitherEnd(object index, string expected) =>
        Assert.That(Show(Evaluate(new BoundIndexer(default, RlmType.Unknown, It(), Of(index)), Once("a", "b", "c"))), Is.EqualTo(expected));

    [Test]
    public void Evaluate_IndexerByName_IsTheField() =>
        Assert.That(
            Show(Evaluate(
                new BoundIndexer(default, RlmType.Unknown, It(), Of("Order Date")),
                new RecordValue(new RecordShape(["Order Date"]), [Number(5)]))),
            Is.EqualTo("5"));

    [Test]
    public void Evaluate_Template_RendersHolesAndKeepsTheOrigin()
    {
        var line = Lines("x\n  y").ReadAll()[1];
        var text = (TextValue)Evaluate(Template("<", Call("trim", It()), ">"), line);

        Assert.That(text.ToString(), Is.EqualTo("<y>"));
        Assert.That(Show(Provenance.Of(text, ProvenanceKind.Cite)), Is.EqualTo("a.txt:2"));
        Assert.That(Show(Provenance.Of(text, ProvenanceKind.At)), Is.EqualTo("4"));
    }

    [Test]
    public void Evaluate_Provenance_NamesFileAndLines()
    {
        var lines = Lines("a\nb\nc");
        var both = new TextValue("b c") { Parts = [(TextValue)lines.ReadAll()[1], (TextValue)lines.ReadAll()[2]] };

        Assert.That(
            Show(Evaluate(new BoundProvenance(default, RlmType.Text, ProvenanceKind.Cite, It()), lines)),
            Is.EqualTo("[a.txt:1, a.txt:2, a.txt:3]"));
        Assert.That(Show(Evaluate(new BoundProvenance(default, RlmType.Text, ProvenanceKind.Cite, It()), both)), Is.EqualTo("a.txt:2-3"));
        Assert.That(Show(Evaluate(new BoundProvenance(default, RlmType.Text, ProvenanceKind.Name, It()), both)), Is.EqualTo("a.txt"));
        Assert.That(
            Show(Evaluate(new BoundProvenance(default, RlmType.Text, ProvenanceKind.Line, It()), Text("made"))), Is.EqualTo("none"));
    }

    [Test]
    public void Evaluate_RecordExpression_KeepsTheItemsOrigin()
    {
        var record = Evaluate(new BoundRecord(default, RlmType.Unknown, [Named("a", It())]), Lines("x\ny").ReadAll()[1]);

        Assert.That(Show(record), Is.EqualTo("{a: y}"));
        Assert.That(Show(Provenance.Of(record, ProvenanceKind.Line)), Is.EqualTo("2"));
    }

    [Test]
    public void Evaluate_Nested_SeesTheItemAround()
    {
        var inner = Pipe(Variable(Items(1, 2, 3)), Stage("where", ("condition", Binary(It(), BinaryOperator.Less, It(1)))), Stage("count"));

        Assert.That(Show(Evaluate(Items(1, 3), Stage("map", ("value", inner)))), Is.EqualTo("[0, 2]"));
    }

    [Test]
    public void Evaluate_Neighbours_AreNoneAtTheEnds()
    {
        Assert.That(Show(Evaluate(Once(1, 2, 3), Stage("map", ("value", Neighbour(-1, It()))))), Is.EqualTo("[none, 1, 2]"));
        Assert.That(
            Show(Evaluate(Once(1, 2, 3), Stage("map", ("value", Neighbour(1, Binary(It(), BinaryOperator.Multiply, 2)))))),
            Is.EqualTo("[4, 6, none]"));
    }

    [Test]
    public void Evaluate_Conditional_TakesNoneAsFalse() =>
        Assert.That(Show(Evaluate(new BoundConditional(default, RlmType.Unknown, Of(null), Of(1), Of(2)))), Is.EqualTo("2"));
}
