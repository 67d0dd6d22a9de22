using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class CodeUnitClassesTests
{
    [TestCase("[a-f]")]
    [TestCase(@"[\u0000\uFFFF]")]
    [TestCase(@"[ß-é\u2028-\u2030]")]
    public void UnitsOf_ClassesOfASet_GivesTheUnitsOfTheSet(string atom)
    {
        var set = CodeUnitSet.Of(atom, RegexOptions.CultureInvariant);
        var classes = CodeUnitClasses.Of([set, CodeUnitSet.Of('b')], withWords: false)!;
        bool[] asked = [.. Enumerable.Range(0, classes.Count).Select(number => classes.IsIn(number, 0))];
        char[] units = [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(set.Contains)];

        Assert.Multiple(() =>
        {
            Assert.That(classes.UnitsOf(asked, units.Length), Is.EqualTo(units));
            Assert.That(classes.UnitsOf(asked, units.Length - 1), Is.Null);
            Assert.That(classes.UnitsOf(new bool[classes.Count], 0), Is.Empty);
        });
    }
}
