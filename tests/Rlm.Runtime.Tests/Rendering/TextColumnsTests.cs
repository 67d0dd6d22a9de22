using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Tests.Rendering;

internal sealed class TextColumnsTests
{
    [TestCase("", 0)]
    [TestCase("abc", 3)]
    [TestCase("中文", 4)]
    [TestCase("e\u0301", 1)]
    [TestCase("\U0001F600", 2)]
    [TestCase("\u2764\uFE0F", 2)]
    [TestCase("\U0001F468\u200D\U0001F469\u200D\U0001F467", 2)]
    [TestCase("ｱ가", 3)]
    public void Count_Text_IsItsColumns(string text, int columns) => Assert.That(TextColumns.Count(text), Is.EqualTo(columns));
}
