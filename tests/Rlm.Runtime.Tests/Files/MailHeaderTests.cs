using Rlm.Files.Mail;

namespace Rlm.Runtime.Tests.Files;

internal sealed class MailHeaderTests
{
    [TestCase("bob", "bob")]
    [TestCase("Bob Smith <bob@x.org>", "Bob Smith <bob@x.org>")]
    [TestCase("\"Bob Smith\" <bob@x.org>", "Bob Smith <bob@x.org>")]
    [TestCase("\"Smith, Bob\" <bob@x.org>", "\"Smith, Bob\" <bob@x.org>")]
    [TestCase("Smith, Bob <bob@x.org>", "Smith, Bob <bob@x.org>")]
    [TestCase("bob@x.org (Bob Smith)", "Bob Smith <bob@x.org>")]
    [TestCase("bob@x.org (Bob) (work)", "\"Bob) (work\" <bob@x.org>")]
    [TestCase("<bob@x.org>", "bob@x.org")]
    [TestCase("bob@x.org <bob@x.org>", "bob@x.org")]
    [TestCase("\"=?utf-8?q?J=C3=A9r=C3=B4me?=\" <j@x>", "J\u00E9r\u00F4me <j@x>")]
    [TestCase("=?utf-8?b?SsOpcsO0bWU?= <j@x>", "J\u00E9r\u00F4me <j@x>")]
    [TestCase("=?utf-8?q?Smith=2C_Bob?= <b@x>", "\"Smith, Bob\" <b@x>")]
    [TestCase("A <a@x>,\r\n B <b@x>", "A <a@x>, B <b@x>")]
    [TestCase("Friends: A <a@x>, b@y;", "Friends: A <a@x>, b@y;")]
    [TestCase("undisclosed-recipients:;", "undisclosed-recipients:;")]
    [TestCase("Bob <bob@x> extra, and more", "Bob <bob@x> extra, and more")]
    [TestCase("a@x;b@y; c@z", "a@x;b@y; c@z")]
    [TestCase("Pat \"The Hat\" O'Neil <p@x>", "Pat \"The Hat\" O'Neil <p@x>")]
    [TestCase("\"unclosed <b@x>", "\"unclosed <b@x>")]
    [TestCase("", "")]
    public void Read_From_IsItsNameAndAddress(string value, string from) =>
        Assert.That(ReadMails.OfMail($"From: {value}", "Date: x", "", "body").Headers[0].From, Is.EqualTo(from));

    [Test]
    public void Read_SeveralFields_AreAll() => Assert.That(
        ReadMails.OfMail("From: a@x", "From: b@x", "To: c@x", "to: d@x", "", "body").Headers[0],
        Is.EqualTo(new RlmMailHeader("a@x, b@x", "c@x, d@x", null, "")));

    [TestCase("plain words", "plain words")]
    [TestCase("=?utf-8?q?caf=C3=A9?=", "caf\u00E9")]
    [TestCase("=?UTF-8?Q?caf=c3=a9_au_lait?=", "caf\u00E9 au lait")]
    [TestCase("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "caf\u00E9")]
    [TestCase("=?utf-8?q?caf=C3=A9?=\r\n =?iso-8859-1?q?_=E9?=", "caf\u00E9 \u00E9")]
    [TestCase("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c")]
    [TestCase("=?utf-8?q?a b?=c", "a bc")]
    [TestCase("=?utf-8?q?J=C3=A9", "=?utf-8?q?J=C3=A9")]
    [TestCase("=?utf-8?b?w6k=?=", "\u00E9")]
    [TestCase("=?utf-8?b?w6k?=", "\u00E9")]
    [TestCase("=?utf-8*en?q?caf=C3=A9?=", "caf\u00E9")]
    [TestCase("=?utf-8?x?a?=", "=?utf-8?x?a?=")]
    [TestCase("=?windows-1252?q?=80_5?=", "\u20AC 5")]
    [TestCase("=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=", "\u65E5\u672C")]
    [TestCase("=?gb2312?b?1tDOxA==?=", "\u4E2D\u6587")]
    [TestCase("=?koi8-r?b?8NLJ18XU?=", "\u041F\u0440\u0438\u0432\u0435\u0442")]
    [TestCase("=?utf-8?q?a=0Ab=0D=09c?=", "a b c")]
    [TestCase("a\r\n\tfolded  line", "a folded line")]
    [TestCase("100% = what?= ?", "100% = what?= ?")]
    [TestCase("=?", "=?")]
    [TestCase("=?utf-8?q??=", "")]
    public void Read_Subject_IsDecoded(string value, string subject)
    {
        var read = ReadMails.OfMail("From: a@x", $"Subject: {value}", "", "body");

        Assert.That(read.Headers[0].Subject, Is.EqualTo(subject));
        Assert.That(read.Gaps, Is.Empty);
    }

    [TestCase("caf\u00C3\u00A9", "caf\u00E9", false)]
    [TestCase("caf\u00E9", "caf\u00E9", true)]
    [TestCase("=?unknown?q?caf=E9?=", "caf\u00E9", true)]
    [TestCase("=?utf-8?q?caf=E9?=", "caf\u00E9", true)]
    public void Read_SubjectOfOtherBytes_IsGuessedAndTold(string value, string subject, bool isTold)
    {
        var read = ReadMails.OfMail("From: a@x", $"Subject: {value}", "", "body");

        Assert.That(read.Headers[0].Subject, Is.EqualTo(subject));
        Assert.That(read.Gaps, Is.EqualTo(isTold ? new[] { "a charset that is unknown or wrong is guessed" } : []));
    }

    [TestCase("Mon, 05 Jan 2026 10:00:00 +0100", "2026-01-05T10:00:00+01:00")]
    [TestCase("5 Jan 26 10:00 EST", "2026-01-05T10:00:00-05:00")]
    [TestCase("5 Jan 99 10:00:00 GMT", "1999-01-05T10:00:00+00:00")]
    [TestCase("5 Jan 49 10:00:00 Z", "2049-01-05T10:00:00+00:00")]
    [TestCase("5 Jan 126 10:00:00 -0000", "2026-01-05T10:00:00+00:00")]
    [TestCase("Mon Jan  5 10:00:00 2026", "2026-01-05T10:00:00+00:00")]
    [TestCase("Mon Jan  5 10:00:00 CET 2026", "2026-01-05T10:00:00+01:00")]
    [TestCase("Mon Jan  5 10:00:00 2026 +0530", "2026-01-05T10:00:00+05:30")]
    [TestCase("2026-01-05T10:00:00Z", "2026-01-05T10:00:00+00:00")]
    [TestCase("2026-01-05 10:00:00 +0200", "2026-01-05T10:00:00+02:00")]
    [TestCase("2026-01-05T10:00:00.123+02:00", "2026-01-05T10:00:00+02:00")]
    [TestCase("Mon,5-January-2026 10:00:00 (comment) +0100 (CET (nested))", "2026-01-05T10:00:00+01:00")]
    [TestCase("Mon, 05 Jan 2026 10.00.00 +0100", "2026-01-05T10:00:00+01:00")]
    [TestCase("Mon, 05 Jan 2026 10:00:00 +01:00", "2026-01-05T10:00:00+01:00")]
    [TestCase("Mon, 05 Jan 2026 10:00:00 MEZ", "2026-01-05T10:00:00+01:00")]
    [TestCase("Mon, 05 Jan 2026 10:00:00 Europe/Berlin", "2026-01-05T10:00:00+00:00")]
    [TestCase("Mon, 05 Jan 2026 10:00:60 +0000", "2026-01-05T10:00:59+00:00")]
    [TestCase("Fri, 05 Sept 2025 10:00", "2025-09-05T10:00:00+00:00")]
    [TestCase("Sun, 29 Feb 2026 10:00:00 +0000", null)]
    [TestCase("Mon, 30 Feb 2026 10:00:00 +0000", null)]
    [TestCase("Mon, 05 Jan 2026 24:00:00 +0000", null)]
    [TestCase("Mon, 05 Jan 2026 10:00:00 +9900", null)]
    [TestCase("Mon, 05 Jan 2026 10:00:00 +0175", null)]
    [TestCase("Mon, 05 Jan 2026", null)]
    [TestCase("05/01/2026 10:00", null)]
    [TestCase("Mon, 05 J\u00E4n 2026 10:00:00 +0000", null)]
    [TestCase("5 Jan 0000 10:00:00 +0000", null)]
    [TestCase("1 Jan 0001 00:00:00 +1200", null)]
    [TestCase("31 Dec 9999 23:59:59 -1200", null)]
    [TestCase("99999999999 Jan 2026 10:00 +0000", null)]
    [TestCase("", null)]
    [TestCase("((((", null)]
    [TestCase("2026-", null)]
    [TestCase("2026-01-05", null)]
    public void Read_Date_IsExactOrNone(string text, string? date) => Assert.That(
        MailDates.Read(text)?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(date));

    [Test]
    public void Read_Header_BeginsTheText() => Assert.That(
        ReadMails.OfMail("Cc: c@x", "Subject: =?utf-8?q?caf=C3=A9?=", "Date: Mon, 30 Feb 2026 10:00:00 +0000", "X: y", "", "body").Texts[0],
        Is.EqualTo("From:\nTo:\nCc: c@x\nDate: Mon, 30 Feb 2026 10:00:00 +0000\nSubject: caf\u00E9\n\nbody\n"));

    [Test]
    public void Read_LineThatIsNoField_BeginsTheBody() => Assert.That(
        ReadMails.OfMail("From: a@x", "Subject: b", "this is no field", "more").Texts[0],
        Is.EqualTo("From: a@x\nTo:\nDate: none\nSubject: b\n\nthis is no field\nmore\n"));
}
