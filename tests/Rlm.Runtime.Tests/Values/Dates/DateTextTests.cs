using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Tests.Values.Dates;

internal sealed class DateTextTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 12, 0, 0);

    // The forms of public log collections, with made-up moments.
    [TestCase("[Mon Jan 05 04:47:44 2009]", "2009-01-05T04:47:44", TestName = "Apache")]
    [TestCase("2007-06-03-15.42.50.675872", "2007-06-03T15:42:50.675872", TestName = "BGL")]
    [TestCase("081119 203615", "2008-11-19T20:36:15", TestName = "HDFS")]
    [TestCase("2014-07-29 17:41:44,747", "2014-07-29T17:41:44.747", TestName = "Zookeeper and Hadoop")]
    [TestCase("20171123-22:15:29:606", "2017-11-23T22:15:29.606", TestName = "HealthApp")]
    [TestCase("1131566461", null, TestName = "HPC, whose epoch is read where it is asked for")]
    [TestCase("Jun 14 15:16:01", "2026-06-14T15:16:01", TestName = "Linux, Mac and OpenSSH")]
    [TestCase("Dec  1 06:55:46", "2025-12-01T06:55:46", TestName = "The year before")]
    [TestCase("Feb 29 06:55:46", "2024-02-29T06:55:46", TestName = "The last leap year")]
    [TestCase("2017-05-16 00:00:00.008", "2017-05-16T00:00:00.008", TestName = "OpenStack")]
    [TestCase("[10.30 16:49:06]", "2026-10-30T16:49:06", TestName = "Proxifier")]
    [TestCase("17/06/29 20:10:40", "2017-06-29T20:10:40", TestName = "Spark")]
    [TestCase("03-17 16:13:38.811", "2026-03-17T16:13:38.811", TestName = "Android")]
    [TestCase("2016-09-28 04:30:30", "2016-09-28T04:30:30", TestName = "Windows")]
    [TestCase("2005.11.09", "2005-11-09", TestName = "Thunderbird")]
    [TestCase("28.11.2026", "2026-11-28")]
    [TestCase("28.11.2026 09:05", "2026-11-28T09:05:00")]
    [TestCase("8.11.2026, 09:05:07", "2026-11-08T09:05:07")]
    [TestCase("2026-03-01T09:05:07.123456789Z", "2026-03-01T09:05:07.1234567Z")]
    [TestCase("2026-03-01 09:05:07 UTC", "2026-03-01T09:05:07Z")]
    [TestCase("2026-03-01 09:05:07.5 +0100", "2026-03-01T09:05:07.5+01:00")]
    [TestCase("2026-03-01T09:05:07-05:30", "2026-03-01T09:05:07-05:30")]
    [TestCase("2026-03-01T09:05+02", "2026-03-01T09:05:00+02:00")]
    [TestCase("20260301T090507Z", "2026-03-01T09:05:07Z")]
    [TestCase("[01/Mar/2026:09:05:07 +0000]", "2026-03-01T09:05:07Z")]
    [TestCase("Sun, 1 Mar 2026 09:05:07 +0100 (CET)", "2026-03-01T09:05:07+01:00")]
    [TestCase("Sun Mar  1 09:05:07 UTC 2026", "2026-03-01T09:05:07Z")]
    [TestCase("Nov. 29, 1963", "1963-11-29")]
    [TestCase("22nd January 1899", "1899-01-22")]
    [TestCase("5-Mar-2026", "2026-03-05")]
    [TestCase("Mar 2026", "2026-03")]
    [TestCase("Sept 5, 2026", "2026-09-05")]
    [TestCase("3/5/2026 2:30 p.m.", "2026-03-05T14:30:00")]
    [TestCase("06:55:46", "06:55:46")]
    [TestCase("6:55 PM", "18:55:00")]
    [TestCase("23:59", "23:59:00")]
    public void TryRead_WhatTextsHold_IsRead(string text, string? iso) =>
        Assert.That(DateText.TryRead(text, DateOrder.None, Now)?.ToIso(), Is.EqualTo(iso));

    [TestCase("Jun 14 15:16:01")]
    [TestCase("03-17 16:13:38.811")]
    public void TryRead_NoYearAndNobodyKnows_IsNull(string text) => Assert.That(DateText.TryRead(text), Is.Null);

    [TestCase("24:00:00")]
    [TestCase("12:60")]
    [TestCase("0:30 PM")]
    [TestCase("1:30:5")]
    [TestCase("2026-03-01T")]
    [TestCase("2026-03-01 25:00")]
    [TestCase("2026-03-01 09:05:07 EST")]
    [TestCase("2026-03-01 09:05:07 apples")]
    [TestCase("2026-3")]
    [TestCase("September 10")]
    [TestCase("Sunday 12:30")]
    [TestCase("10.1.20.5")]
    [TestCase("192.168.1.1")]
    [TestCase("1.2.3")]
    [TestCase("12-34-56")]
    [TestCase("Marching 5, 2026")]
    [TestCase("02134 1234")]
    [TestCase("555-1234")]
    public void TryRead_AnythingElse_IsNull(string text) => Assert.That(DateText.TryRead(text, DateOrder.None, Now), Is.Null);

    [Test]
    public void TryRead_ItsOwnIso_IsTheSame()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            TimeSpan? offset = random.Next(2) == 0 ? null : TimeSpan.FromMinutes(random.Next(-48, 57) * 15);
            var point = PointInTime.OfTime(
                new DateTime(random.NextInt64(new DateTime(1900, 1, 1).Ticks, new DateTime(2100, 1, 1).Ticks)), offset);
            Assert.That(DateText.TryRead(point.ToIso()), Is.EqualTo(point));
        }
    }
}
