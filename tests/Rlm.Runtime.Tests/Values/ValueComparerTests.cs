using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Evaluation.BoundTrees;

namespace Rlm.Runtime.Tests.Values;

internal sealed class ValueComparerTests
{
    [Test]
    public void Compare_None_ComesLastBothWays()
    {
        Assert.That(ValueComparer.Ascending.Compare(NoneValue.Instance, Number(1)), Is.Positive);
        Assert.That(ValueComparer.Descending.Compare(NoneValue.Instance, Number(1)), Is.Positive);
        Assert.That(ValueComparer.Ascending.Compare(new FailedValue("x"), NoneValue.Instance), Is.Positive);
    }

    [TestCase("10", "9", -1)]
    [TestCase("a", "B", 1)]
    [TestCase("a", "ab", -1)]
    [TestCase("\U0001F600", "\uFFFD", 1)]
    public void Compare_Texts_IsByCodePoint(string left, string right, int sign)
    {
        var slice = new TextValue(new TextSlice(TextSource.FromString(right), 0, System.Text.Encoding.UTF8.GetByteCount(right)));

        Assert.That(Math.Sign(ValueComparer.Ascending.Compare(Text(left), Text(right))), Is.EqualTo(sign));
        Assert.That(Math.Sign(ValueComparer.Ascending.Compare(Text(left), slice)), Is.EqualTo(sign));
    }

    [Test]
    public void Compare_TextAndNumber_ReadsTheText()
    {
        Assert.That(ValueComparer.Ascending.Compare(Text("10"), Number(9)), Is.Positive);
        Assert.That(ValueComparer.Ascending.Compare(Number(9), Text("10")), Is.Negative);
    }

    [Test]
    public void Compare_Lists_IsItemByItem() => Assert.That(ValueComparer.Ascending.Compare(Items(1, 2), Items(1, 3)), Is.Negative);
}
