using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Values;

internal sealed class ValueEqualityTests
{
    private static readonly TestCaseData[] EqualCases =
    [
        new(1, "1.0"), new("1,000", 1000), new("a", "a"), new(null, null), new(true, "yes"),
        new(new DateTime(2026, 3, 1), "1 March 2026"),
        new(new object?[] { 1, "a" }, new object?[] { "1", "a" }),
        new(Array.Empty<object?>(), Array.Empty<object?>()),
    ];

    private static readonly TestCaseData[] UnequalCases =
    [
        new(1, "x"), new("1", "1.0"), new("a", "A"), new(null, ""), new(null, 0), new(1, true),
        new(new object?[] { 1 }, new object?[] { 1, 2 }), new(new object?[] { 1 }, 1),
    ];

    [TestCaseSource(nameof(EqualCases))]
    public void AreEqual_EqualByReading_IsTrueBothWays(object? left, object? right)
    {
        Assert.That(ValueEquality.AreEqual(Any(left), Any(right)), Is.True);
        Assert.That(ValueEquality.AreEqual(Any(right), Any(left)), Is.True);
    }

    [TestCaseSource(nameof(UnequalCases))]
    public void AreEqual_Unequal_IsFalseBothWays(object? left, object? right)
    {
        Assert.That(ValueEquality.AreEqual(Any(left), Any(right)), Is.False);
        Assert.That(ValueEquality.AreEqual(Any(right), Any(left)), Is.False);
    }

    [Test]
    public void AreEqual_FailedItem_IsNothingElse()
    {
        Assert.That(ValueEquality.AreEqual(new FailedValue("x"), NoneValue.Instance), Is.False);
        Assert.That(ValueEquality.AreEqual(new FailedValue("x"), Text("x")), Is.False);
        Assert.That(ValueEquality.AreSame(new FailedValue("x"), new FailedValue("y")), Is.True);
    }

    [Test]
    public void AreEqual_Records_ComparesFieldsByName()
    {
        var one = Rows("a b", 1, "x").ReadAll()[0];
        var other = Rows("b a", "x", 1).ReadAll()[0];

        Assert.That(ValueEquality.AreEqual(one, other), Is.True);
        Assert.That(new ValueKey(one), Is.EqualTo(new ValueKey(other)));
    }

    [Test]
    public void ValueKey_SliceAndString_AreOneKey()
    {
        var source = TextSource.FromString("größe größe");
        var first = new TextValue(new TextSlice(source, 0, 7));
        var second = new TextValue(new TextSlice(source, 8, 7));

        Assert.That(new ValueKey(first), Is.EqualTo(new ValueKey(second)));
        Assert.That(new ValueKey(first).GetHashCode(), Is.EqualTo(new ValueKey(Text("größe")).GetHashCode()));
        Assert.That(new ValueKey(first), Is.EqualTo(new ValueKey(Text("größe"))));
    }

    [Test]
    public void ValueKey_NumbersOfUnlikeScale_AreOneKey() =>
        Assert.That(new ValueKey(new NumberValue(1.0m)), Is.EqualTo(new ValueKey(new NumberValue(1.00m))));

    [Test]
    public void ValueKey_TextAndNumber_AreTwoKeys() => Assert.That(new ValueKey(Text("1")), Is.Not.EqualTo(new ValueKey(Number(1))));

    [Test]
    public void Contains_NeedleAcrossWindows_IsFound()
    {
        string text = new string('a', 16 * 1024 - 2) + "needle" + new string('b', 40_000);
        var source = TextSource.FromString(text);
        var slice = new TextValue(new TextSlice(source, 0, text.Length));

        Assert.That(TextBytes.Contains(slice, new TextValue("needle")), Is.True);
        Assert.That(TextBytes.Contains(slice, new TextValue("needles")), Is.False);
        Assert.That(TextBytes.EndsWith(slice, new TextValue("bb")), Is.True);
        Assert.That(TextBytes.Equal(slice, new TextValue(text)), Is.True);
        Assert.That(TextBytes.Hash(slice), Is.EqualTo(TextBytes.Hash(new TextValue(text))));
    }

    [Test]
    public void Contains_EmptyNeedle_IsTrue()
    {
        var empty = new TextValue(new TextSlice(TextSource.FromString("abc"), 1, 0));

        Assert.That(TextBytes.Contains(empty, TextValue.Empty), Is.True);
        Assert.That(TextBytes.Contains(Text("a") as TextValue ?? empty, empty), Is.True);
    }
}
