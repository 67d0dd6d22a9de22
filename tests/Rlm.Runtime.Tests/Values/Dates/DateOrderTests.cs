using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Tests.Values.Dates;

internal sealed class DateOrderTests
{
    [TestCase("12/31/2026", DateOrder.MonthFirst)]
    [TestCase("31/12/2026", DateOrder.DayFirst)]
    [TestCase("31-12-2026 09:05", DateOrder.DayFirst)]
    [TestCase("03.31.2026", DateOrder.MonthFirst)]
    [TestCase("98/12/31", DateOrder.YearFirst)]
    [TestCase("03/05/2026", DateOrder.MonthFirst | DateOrder.DayFirst)]
    [TestCase("03.05.2026", DateOrder.MonthFirst | DateOrder.DayFirst)]
    [TestCase("17/06/09 20:10:40", DateOrder.DayFirst | DateOrder.YearFirst)]
    [TestCase("03/05/09", DateOrder.MonthFirst | DateOrder.DayFirst | DateOrder.YearFirst)]
    public void OrdersOf_NumericDate_AreThoseItIsADateIn(string text, DateOrder orders) =>
        Assert.That(DateText.OrdersOf(text), Is.EqualTo(orders));

    [TestCase("2026-03-05")]
    [TestCase("05/05/2026")]
    [TestCase("5 Mar 2026")]
    [TestCase("1.13.22")]
    [TestCase("3/5/2026 apples")]
    [TestCase("10.1.20.5")]
    [TestCase("apples")]
    public void OrdersOf_OrderMakesNoDifference_IsNone(string text) => Assert.That(DateText.OrdersOf(text), Is.EqualTo(DateOrder.None));

    [TestCase("03/05/2026", DateOrder.None, "2026-03-05")]
    [TestCase("03/05/2026", DateOrder.DayFirst, "2026-05-03")]
    [TestCase("03/05/2026", DateOrder.MonthFirst, "2026-03-05")]
    [TestCase("25/12/2026", DateOrder.None, "2026-12-25")]
    [TestCase("25/12/2026", DateOrder.MonthFirst, null)]
    [TestCase("03.05.2026", DateOrder.None, "2026-05-03")]
    [TestCase("03.05.2026", DateOrder.MonthFirst, "2026-03-05")]
    [TestCase("17/06/09", DateOrder.YearFirst, "2017-06-09")]
    [TestCase("17/06/09", DateOrder.DayFirst, "2009-06-17")]
    [TestCase("17/06/09", DateOrder.None, null)]
    [TestCase("12/31/98", DateOrder.None, "1998-12-31")]
    public void TryRead_NumericDate_GoesByTheOrder(string text, DateOrder order, string? day) =>
        Assert.That(DateText.TryRead(text, order)?.ToString(), Is.EqualTo(day));
}
