using System.Globalization;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class FunctionsTests
{
    private static readonly BoundExpression Day = Call("date", "2026-03-17 09:05");

    private static readonly TestCaseData[] Examples =
    [
        new(Call("lower", "Ab"), "ab"), new(Call("upper", "Ab"), "AB"), new(Call("trim", " a "), "a"), new(Call("length", "häuser"), "6"),
        new(Call("replace", "a1b22", Regex(@"\d+"), "N"), "aNbN"), new(Call("split", "a-b", "-"), "a\nb"),
        new(Call("words", "a b"), "a\nb"),
        new(Call("match", "id=42", Regex(@"id=(\d+)")), "42"), new(Call("number", "1,250.5"), "1250.5"),
        new(Call("round", 2.345, 2), "2.35"),
        new(Call("abs", -2), "2"), new(Call("percent", 0.256, 1), "25.6%"), new(Call("date", "2026-03-01"), "2026-03-01"),
        new(Call("format", Call("date", "2026-03-01"), "d MMM yyyy"), "1 Mar 2026"),
        new(Call("year", Day), "2026"), new(Call("quarter", Day), "1"), new(Call("month", Day), "3"), new(Call("week", Day), "12"),
        new(Call("day", Day), "17"), new(Call("weekday", Day), "2"), new(Call("hour", Day), "9"), new(Call("minute", Day), "5"),
        new(Call("bin", 17, 10), "10"), new(Call("coalesce", null, 3), "3"),
        new(Call("count", List(1, 2)), "2"), new(Call("sum", List(1, 2)), "3"), new(Call("average", List(1, 2)), "1.5"),
        new(Call("min", List(2, 1)), "1"), new(Call("max", List(2, 1)), "2"), new(Call("median", List(1, 9, 2)), "2"),
        new(Call("first", List(2, 1)), "2"), new(Call("last", List(2, 1)), "1"), new(Call("distinct", List(1, 1, 2)), "1\n2"),
        new(Call("slice", "Montag", 0, 3), "Mon"), new(Call("slice", List(1, 2, 3), 0, -1), "1\n2"),
        new(Call("int", "-3.7"), "-3"), new(Call("distinct_count", List(1, 1, 2)), "2"), new(Call("list", List(1)), "1"),
        new(Call("percentile", List(1, 2, 3, 4), 50), "2"), new(Call("share", List(true, false)), "0.5"),
        new(Call("pad_left", 7, 3, "0"), "007"), new(Call("pad_right", "ab", 4, "."), "ab.."), new(Call("concat", "a", 1), "a1"),
        new(Call("floor", 2.7), "2"), new(Call("ceil", 2.1), "3"), new(Call("month_name", Day), "March"),
        new(Call("day_name", Day), "Tuesday"), new(Call("stdev", List(1, 3)), "1.4142"),
        new(Call("correlation", List(1, 2, 3), List(2, 4, 7)), "0.993399"),
        new(Call("find_all", "a1 b22", Regex(@"\d+")), "1\n22"), new(Call("repeat", "ab", 3), "ababab"), new(Call("range", 1, 4), "1\n2\n3"),
        new(Call("index_of", List("Mon", "Tue"), "Tue"), "1"),
        new(Call("sqrt", 2.25), "1.5"), new(Call("power", 2, 10), "1024"),
        new(Call("duration", "1h 3m"), "1h 3m"),
        new(Call("today"), "2026-03-17"), new(Call("now"), "2026-03-17 09:05+02:00"),
    ];

    [TestCaseSource(nameof(Examples))]
    public void Call_ExampleOfTheCatalogue_Holds(object call, string expected) =>
        Assert.That(ValueRenderer.AsAnswer(Evaluate((BoundExpression)call)), Is.EqualTo(expected));

    [Test]
    public void Call_EveryFunctionOfTheCatalogue_IsKnown()
    {
        var called = Examples.Select(example => ((BoundCall)example.Arguments[0]!).Function.Name);

        Assert.That(called.Distinct(), Is.EquivalentTo(NamesOf(function => !function.IsWindow)));
    }

    /// <summary>A function is found by its name in the table of what it is: none is in the catalogue alone, and none in a table alone.</summary>
    [Test]
    public void Tables_HaveTheFunctionsOfTheCatalogue() => Assert.Multiple(() =>
    {
        Assert.That(FunctionTable.Names, Is.EquivalentTo(NamesOf(function => !function.IsWindow)));
        Assert.That(FoldTable.Names, Is.EquivalentTo(NamesOf(function => function.IsFold)));
        Assert.That(WindowTable.Names, Is.EquivalentTo(NamesOf(function => function.IsWindow)));
    });

    private static IEnumerable<string> NamesOf(Func<FunctionSignature, bool> chosen) =>
        FunctionCatalog.All.Where(chosen).Select(function => function.Name);

    [TestCase("minute", "2026-03-17 09:05")]
    [TestCase("hour", "2026-03-17 09:00")]
    [TestCase("day", "2026-03-17")]
    [TestCase("week", "2026-03-16")]
    [TestCase("month", "2026-03-01")]
    [TestCase("quarter", "2026-01-01")]
    [TestCase("year", "2026-01-01")]
    public void Bin_CalendarUnit_IsItsStartInIso(string unit, string expected) =>
        Assert.That(Show(Evaluate(Call("bin", "2026-03-17 09:05:59", unit))), Is.EqualTo(expected));

    [Test]
    public void Bin_Duration_IsTheStartOfTheSpan()
    {
        Assert.That(Show(Evaluate(Call("bin", Day, TimeSpan.FromHours(1)))), Is.EqualTo("2026-03-17 09:00"));
        Assert.That(Show(Evaluate(Call("bin", Day, TimeSpan.FromDays(7)))), Is.EqualTo("2026-03-16"));
    }

    [Test]
    public void Bin_NegativeNumber_IsBelowIt() => Assert.That(Show(Evaluate(Call("bin", -3, 10))), Is.EqualTo("-10"));

    [TestCase(0)]
    [TestCase("fortnight")]
    [TestCase(null)]
    public void Bin_WidthOfNoUse_SaysWhatToWrite(object? width)
    {
        var exception = Assert.Throws<EvaluationException>(() => Evaluate(Call("bin", Day, width)))!;

        Assert.That(exception.Message, Is.EqualTo("`bin` takes a width above 0, a duration, or a calendar unit"));
        Assert.That(exception.Help, Does.Contain("\"month\""));
    }

    [TestCase(-2.5, 0, "-3")]
    [TestCase(2.5, 0, "3")]
    [TestCase(1250, -2, "1300")]
    public void Round_Half_GoesAwayFromZero(double number, int digits, string expected) =>
        Assert.That(Show(Evaluate(Call("round", number, digits))), Is.EqualTo(expected));

    [Test]
    public void Percent_WithoutDigits_IsWhole() => Assert.That(Show(Evaluate(Call("percent", 0.256))), Is.EqualTo("26%"));

    [Test]
    public void Format_Number_IsInvariant() => Assert.That(Show(Evaluate(Call("format", 1234.5, "N2"))), Is.EqualTo("1,234.50"));

    [Test]
    public void Format_BadFormat_IsAnError()
    {
        var exception = Assert.Throws<EvaluationException>(() => Evaluate(Call("format", Day, "%")))!;

        Assert.That(exception.Message, Is.EqualTo("`%` at the end is not a directive"));
    }

    [Test]
    public void Replace_NamedAndUnknownGroups_AreRightlyRead() =>
        Assert.That(Show(Evaluate(Call("replace", "ab", Regex("(?<x>a)(?<y>b)"), "$y$x $cost"))), Is.EqualTo("ba $cost"));

    [Test]
    public void Replace_TextPattern_IsLiteral() => Assert.That(Show(Evaluate(Call("replace", "a.b", ".", "$1"))), Is.EqualTo("a$1b"));

    [Test]
    public void Match_NoMatch_IsNone() => Assert.That(Show(Evaluate(Call("match", "abc", Regex("x")))), Is.EqualTo("none"));

    [Test]
    public void Words_Slice_GivesSlices()
    {
        var line = Lines("é 😀 don't well-known x_y - 1").ReadAll()[0];
        var words = ((ListValue)Evaluate(Call("words", It()), line)).ReadAll();

        Assert.That(string.Join(' ', words.Select(Show)), Is.EqualTo("é don't well-known x y 1"));
        Assert.That(words.Cast<TextValue>().All(word => word.Slice is not null), Is.True);
    }

    [Test]
    public void Trim_Slice_StaysASlice()
    {
        var trimmed = (TextValue)Evaluate(Call("trim", It()), Lines("\u00A0 é x ").ReadAll()[0]);

        Assert.That(trimmed.ToString(), Is.EqualTo("é x"));
        Assert.That(trimmed.Slice!.Value.Start, Is.EqualTo(3));
    }

    [TestCase("😀é", 2)]
    [TestCase("", 0)]
    public void Length_Text_CountsUnicodeCharacters(string text, int expected) =>
        Assert.That(Show(Evaluate(Call("length", text))), Is.EqualTo(expected.ToString(CultureInfo.InvariantCulture)));

    [Test]
    public void Call_NoneAsArgument_IsNoneAndHasNoLength()
    {
        Assert.That(Show(Evaluate(Call("length", [null]))), Is.EqualTo("0"));
        foreach (string name in "lower trim words number round abs percent date year hour".Split(' '))
            Assert.That(Show(Evaluate(Call(name, [null]))), Is.EqualTo("none"), name);
    }

    [Test]
    public void Call_ListForText_SaysToMap()
    {
        var exception = Assert.Throws<EvaluationException>(() => Evaluate(Call("lower", List("A"))))!;

        Assert.That(exception.Message, Is.EqualTo("`lower` takes a text and got a list"));
        Assert.That(exception.Help, Is.EqualTo("`lower` works on one text; write `| lower` to have it done for each"));
    }

    [Test]
    public void Call_UnreadableNumbers_AreCounted()
    {
        var run = Run();
        Show(Evaluate(Items("1", "x", null, "y"), Stage("map", ("value", Call("number", It()))), run));

        Assert.That(Notes(run), Is.EqualTo("2 texts given to `number` could not be read as a number and counted as none, as `x`"));
    }

    [TestCase(0, "1")]
    [TestCase(25, "1")]
    [TestCase(26, "2")]
    [TestCase(95, "4")]
    [TestCase(100, "4")]
    public void Percentile_NearestRank_IsAMember(int percent, string expected) =>
        Assert.That(Show(Evaluate(Call("percentile", List(4, 3, 2, 1), percent))), Is.EqualTo(expected));

    [Test]
    public void Percentile_OutOfRange_IsAnError() =>
        Assert.That(() => Evaluate(Call("percentile", List(1), 101)), Throws.TypeOf<EvaluationException>()
            .With.Message.EqualTo(
                "`percentile` takes a percentage from 0 to 100").And.Property("Help").EqualTo("write `percentile(ms, 95)`"));

    [Test]
    public void Sum_NoneAndTexts_AreLeftOutOrRead()
    {
        var run = Run();

        Assert.That(Show(Evaluate(Call("sum", List(1, "2", null, "x")), evaluation: run)), Is.EqualTo("3"));
        Assert.That(
            Notes(run),
            Is.EqualTo("sum: 1 of 4 values is none and was left out\nsum: 1 of 4 values is not a number and was left out, as `x`"));
    }

    [Test]
    public void Average_OfDurations_IsADuration() =>
        Assert.That(
            Show(Evaluate(Equal(Call("average", List(TimeSpan.FromHours(1), TimeSpan.FromHours(3))), TimeSpan.FromHours(2)))),
            Is.EqualTo("true"));

    [Test]
    public void Folds_OfNothing_AreZeroOrNone()
    {
        var results = "count sum average median min share first distinct".Split(' ').Select(name => Show(Evaluate(Call(name, List()))));

        Assert.That(string.Join(' ', results), Is.EqualTo("0 0 none none none none none []"));
    }
}
