using Rlm.Dsl.Formats;
using Rlm.Runtime.Evaluation.Functions;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class CalendarUnitTests
{
    [Test]
    public void All_AreTheUnitsThatProgramsAreCheckedAgainst() =>
        Assert.That(CalendarUnit.All.Select(unit => unit.Name), Is.EqualTo(FormatRules.CalendarUnits));
}
