using System.Text;

namespace Rlm.Runtime.Tests.Files;

internal sealed class MailReaderTests
{
    private const string Page = "Content-Type: text/html\n\n";

    [TestCase("box.mbox", "From bob Mon Jan  5 10:00:00 2026\nSubject: x\n", true)]
    [TestCase("BOX.MBOX", "\n\nFrom bob\nSubject: x\n", true)]
    [TestCase("box.mbox", "Dear Bob\n", false)]
    [TestCase("mail.eml", "Received: by x\n", true)]
    [TestCase("mail.eml", "X-Own: a\n b\nSubject: x\n", true)]
    [TestCase("mail.eml", "Dear Bob\n", false)]
    [TestCase("mail.emlx", "123  \nReceived: by x\n", true)]
    [TestCase("/var/mail/bob", "From bob Mon Jan  5 10:00:00 2026\nSubject: x\n", true)]
    [TestCase("stdin", "From bob Mon Jan  5 10:00:00 2026\nSubject: x\n", false)]
    [TestCase("patch", "From 1234567890123456789012345678901234567890 Mon Sep 17 00:00:00 2001\nFrom: bob\n", false)]
    [TestCase("0001-mend.patch", "From 1234567890123456789012345678901234567890 Mon Sep 17 00:00:00 2001\nFrom: bob\n", false)]
    [TestCase("notes.txt", "From: bob\nSubject: x\n\n", false)]
    [TestCase("notes", "From: bob\nSubject: x\n\n", false)]
    [TestCase("Maildir/cur/1700000000.M1P2.host:2,S", "From: bob\n", true)]
    [TestCase("Maildir/new/1700000000.M1P2.host", "From: bob\n", true)]
    [TestCase("Maildir/new/notes", "From: bob\n", false)]
    [TestCase("Maildir/tmp/1700000000.M1P2.host", "From: bob\n", false)]
    [TestCase("cur/1700000000.M1P2.host:2,S", "{\"a\": 1}\n", false)]
    public void FindContent_NameAndStart_TellMail(string name, string start, bool isMail) =>
        Assert.That(RlmFiles.Reader.FindContent(name, Encoding.ASCII.GetBytes(start)) is not null, Is.EqualTo(isMail));

    [TestCase("plain", "plain", TestName = "no type")]
    [TestCase("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nY2Fmw6kK", "caf\u00E9", TestName = "base64")]
    [TestCase("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9 a=\nb =3D c", "caf\u00E9 ab = c", TestName = "quoted-printable")]
    [TestCase("Content-Type: text/plain; charset=iso-8859-1\n\n\u0080 5", "\u20AC 5", TestName = "Latin-1 is what Windows means by it")]
    [TestCase("Content-Type: text/plain; charset=us-ascii\n\ncaf\u00C3\u00A9", "caf\u00E9", TestName = "UTF-8 that is called ASCII")]
    [TestCase("Content-Type: text/plain; charset=\"UTF-8\" (comment)\n\ncaf\u00C3\u00A9", "caf\u00E9", TestName = "a comment behind the charset")]
    [TestCase("Content-Type: text\n\nplain", "plain", TestName = "a type that is none")]
    [TestCase("Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n//5oAGkA", "hi", TestName = "UTF-16 behind its mark")]
    [TestCase("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#:&D*\n`\nend\n", "hi", TestName = "uuencode")]
    [TestCase("Content-Type: text/plain; format=flowed\n\none \ntwo\n> three \n> four\n>> five \n-- \nBob ", "one two\n> three four\n>> five \n-- \nBob ", TestName = "flowed")]
    [TestCase(Page + "<p>one<blockquote>two<p>three<blockquote>four</blockquote></blockquote>five<br>--<br>Bob", "one\n\n> two\n>\n> three\n>\n>> four\n\nfive\n-- \nBob", TestName = "quotes in HTML")]
    [TestCase(Page + "<blockquote><pre>a\nb</pre></blockquote>", "> a\n> b", TestName = "lines of a quote in HTML")]
    [TestCase("Content-Type: text/html\n\n<meta charset=koi8-r><p>\u00F0\u00D2\u00C9\u00D7\u00C5\u00D4", "\u041F\u0440\u0438\u0432\u0435\u0442", TestName = "the charset of the page")]
    [TestCase("Content-Type: text/plain; format=flowed; delsp=yes\n\nab \ncd\n  x", "abcd\n x", TestName = "flowed without blanks")]
    [TestCase("Hi\n\n-----Original Message-----\nFrom: Ann\n\n> old\nolder", "Hi\n\n> -----Original Message-----\n> From: Ann\n>\n>> old\n> older", TestName = "Outlook's original message")]
    [TestCase("Hi\n\nVon: Ann\nGesendet: heute\nAn: Bob\n\nalt", "Hi\n\n> Von: Ann\n> Gesendet: heute\n> An: Bob\n>\n> alt", TestName = "Outlook's headers")]
    [TestCase("From: the start\nTo: the end\n--\nDear Bob", "From: the start\nTo: the end\n--\nDear Bob", TestName = "words that are no headers")]
    [TestCase("a\r\nb\rc", "a\nb\nc", TestName = "line ends")]
    [TestCase("a\0b", "a\uFFFDb", TestName = "a zero byte")]
    [TestCase("", "", TestName = "nothing")]
    public void Read_Body_IsItsText(string part, string body) =>
        Assert.That(BodyOf(part), Is.EqualTo(body));

    [TestCase("Content-Type: text/plain; charset=utf-8\n\ncaf\u00E9", "caf\u00E9", "a charset that is unknown or wrong is guessed")]
    [TestCase("Content-Type: text/plain; charset=klingon\n\ncaf\u00E9", "caf\u00E9", "a charset that is unknown or wrong is guessed")]
    [TestCase("Content-Type: text/plain; charset=utf-7\n\ncaf+AOk-", "caf+AOk-", "a charset that is unknown or wrong is guessed")]
    [TestCase("Content-Type: text/plain; charset=utf-16\n\nwords", "words", "a charset that is unknown or wrong is guessed")]
    [TestCase("Content-Type: multipart/mixed; boundary=b\n\nwords\n--b--\n", "words\n--b--", "its parts are not found, so that their text is as it is")]
    [TestCase("Content-Transfer-Encoding: base64\n\naGVsbG8gd29ybG", "hello worl", "base64 is damaged or cut short")]
    [TestCase("Content-Transfer-Encoding: base64\n\naGVs*bG8=", "hello", "base64 is damaged or cut short")]
    [TestCase("Content-Transfer-Encoding: base64\n\naGk=\n\n-- \nA list: see below", "hi\n-- \nA list: see below", "base64 is damaged or cut short")]
    [TestCase("Content-Transfer-Encoding: quoted-printable\n\na=XYb", "a=XYb", "quoted-printable text is damaged")]
    [TestCase(Page + "<p>a <!-- b", "a", "an unclosed `<!--` takes all that follows, which is not read as HTML")]
    [TestCase(Page + "<p>a <!doctype b", "a", "an unclosed `<!doctype` takes all that follows, which is not read as HTML")]
    [TestCase("Content-Transfer-Encoding: x-own\n\nabc", "abc", "a transfer encoding is not known, so that its text is as it is")]
    [TestCase("Content-Type: multipart/mixed\n\nabc", "abc", "nothing bounds its parts, so that their text is as it is")]
    [TestCase("Content-Type: multipart/mixed; boundary=x\n\n--y\n\nabc\n--y--", "--y\n\nabc\n--y--", "its parts are not found, so that their text is as it is")]
    [TestCase("Content-Type: multipart/mixed; boundary=x\n\n--x\n\nabc", "abc", "its parts do not end as they should, so that some may be missing")]
    [TestCase("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nMIAG", "[encrypted: application/pkcs7-mime; not read]", "a part is encrypted")]
    [TestCase("Content-Type: multipart/encrypted; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\n\nabc\n--x--", "[encrypted: multipart/encrypted; not read]", "a part is encrypted")]
    public void Read_DoubtfulBody_IsTold(string part, string body, string gap)
    {
        var read = ReadMails.OfMail("From: a@x", part);

        Assert.That(read.Bodies.Single(), Is.EqualTo(body));
        Assert.That(read.Gaps, Is.EqualTo(new[] { gap }));
    }

    [Test]
    public void Read_AppleMail_EndsWhereItSays() =>
        Assert.That(ReadMails.Of("18\nSubject: x\n\nhi you<?xml version=\"1.0\"?>", "1.emlx").Texts[0], Does.EndWith("\n\nhi you\n"));

    private static string BodyOf(string part)
    {
        var read = ReadMails.OfMail("From: a@x", part.StartsWith("Content-", StringComparison.Ordinal) ? part : $"\n{part}");
        Assert.That(read.Gaps, Is.Empty);
        return read.Bodies.Single();
    }
}
