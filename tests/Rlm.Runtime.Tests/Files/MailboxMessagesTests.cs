using System.Text;
using Rlm.Files.Mail;

namespace Rlm.Runtime.Tests.Files;

/// <summary>Where mails begin in a mailbox. What Python's <c>mailbox.mbox</c> has in another way is said at the case.</summary>
internal sealed class MailboxMessagesTests
{
    private const string From = "From bob@example.org Mon Jan  5 10:00:00 2026\n";

    [TestCase($"{From}Subject: 1\n\none\n\n{From}Subject: 2\n\ntwo\n", "one|two", TestName = "two mails")]
    [TestCase($"{From}Subject: 1\n\none\n{From}Subject: 2\n\ntwo\n", "one|two", TestName = "no blank line before a mail")]
    [TestCase($"\uFEFF{From}Subject: 1\n\none\n", "one", TestName = "a byte order mark, where Python finds no mail")]
    [TestCase($"\n\n{From}Subject: 1\n\none\n", "one", TestName = "blank lines first")]
    [TestCase($"{From}Subject: 1\n\nFrom the start\nit went on\n", "From the start\nit went on", TestName = "a sentence, where Python parts the mail")]
    [TestCase($"{From}Subject: 1\n\none\n\nFrom the start\nNote: it went on\n", "one\n\nFrom the start\nNote: it went on", TestName = "a sentence before a colon")]
    [TestCase($"{From}Subject: 1\n\nFrom 10:00 to 11:00 on 5 Jan 2026 we met\nand parted\n", "From 10:00 to 11:00 on 5 Jan 2026 we met\nand parted", TestName = "a sentence with a time")]
    [TestCase($"{From}Subject: 1\n\none\n\nFrom MAILER-DAEMON\nSubject: 2\n\ntwo\n", "one|two", TestName = "a line without a date")]
    [TestCase($"{From}Subject: 1\n\none\n\nFrom - Mon Jan 05 10:00:00 2026\nX-Mozilla-Status: 0001\n\ntwo\n", "one|two", TestName = "as Thunderbird writes it")]
    [TestCase($"{From}Subject: 1\n\none\n\nFrom 1700000000@xxx Mon Jan 05 10:00:00 +0000 2026\nX-GM-THRID: 1\n\ntwo\n", "one|two", TestName = "as Gmail exports it")]
    [TestCase($"{From}Subject: 1\n\none\n\nFrom ???@??? Mon Jan 05 10:00:00 2026\nTo: bob\n\ntwo\n", "one|two", TestName = "as Eudora writes it")]
    [TestCase($"{From}Subject: 1\n\n>From here\n>>From there\n> From you\n", "From here\n>From there\n> From you", TestName = "quoted lines, which Python leaves")]
    [TestCase($"{From}Subject: 1\nContent-Length: 66\n\none\n\n{From}Subject: x\n\ntw\n\n{From}Subject: 2\n\nthree\n", "one\n\nFrom bob@example.org Mon Jan  5 10:00:00 2026\nSubject: x\n\ntw|three", TestName = "a length that is right")]
    [TestCase($"{From}Subject: 1\nContent-Length: 9\n\none\n\n{From}Subject: 2\nContent-Length: 4\n\ntwo\n", "one|two", TestName = "a length that is wrong")]
    [TestCase($"{From}Subject: 1\nContent-Length: 999999999999\n\none\n\n{From}Subject: 2\n\ntwo\n", "one|two", TestName = "a length beyond the end")]
    [TestCase($"{From}Subject: 1\nContent-Length: -5\n\none\n\n{From}Subject: 2\n\ntwo\n", "one|two", TestName = "a length below 0")]
    [TestCase($"{From}Subject: 1\n\none\n\n{From}Subj", "one|Subj", TestName = "the last mail cut in its headers")]
    [TestCase($"{From}Subject: 1\n\none\n\n{From}\n\nbody\n", "one|body", TestName = "a mail without headers")]
    [TestCase($"{From}{From}Subject: 1\n\none\n", "|one", TestName = "a mail without anything")]
    [TestCase($"{From}Subject: 1\n\none\n\n\n\n{From}Subject: 2\n\ntwo", "one|two", TestName = "blank lines between, no line end at the end")]
    public void Read_Mailbox_IsItsMails(string box, string bodies)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(box);

        Assert.That(string.Join('|', ReadMails.Of(bytes).Bodies), Is.EqualTo(bodies));
        if (!box.Contains("Content-Length", StringComparison.Ordinal))
            Assert.That(string.Join('|', ReadMails.Of(box.Replace("\n", "\r\n").Replace("\uFEFF", "\u00EF\u00BB\u00BF")).Bodies), Is.EqualTo(bodies));
    }

    [TestCase("")]
    [TestCase("\r\n\n")]
    public void Read_MailboxWithoutMails_IsAListOfNone(string box)
    {
        var read = ReadMails.Of(box);

        Assert.That(RlmFiles.Reader.FindContent("box.mbox", Encoding.ASCII.GetBytes(box)), Is.EqualTo(RlmFileContent.Mails));
        Assert.That(read.Headers, Is.Empty);
        Assert.That(RlmFiles.Reader.FindContent("box.eml", Encoding.ASCII.GetBytes(box)), Is.Null);
    }

    [Test]
    public void Read_MailboxWhoseLinesEndInReturns_IsItsMails()
    {
        string box = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"{From}Subject: {i}\n\nline {i}\nand on\n\n"));

        var read = ReadMails.Of(box.Replace('\n', '\r'));

        Assert.That(read.Texts, Is.EqualTo(ReadMails.Of(box).Texts));
        Assert.That(read.Texts, Has.Count.EqualTo(9_000));
    }

    [Test]
    public void Read_BytesBeforeTheFirstMail_AreAGap()
    {
        var messages = new MailboxMessages(new MemoryStream(Encoding.ASCII.GetBytes($"lost\n\n{From}Subject: 1\n\none\n")));

        Assert.That(messages.SkipToFirst(), Is.EqualTo(5));
        Assert.That(messages.Read(), Is.Not.Null);
        Assert.That(messages.Read(), Is.Null);
    }

    [Test]
    public void Read_PiecesOfAnyLength_AreTheSameMails([Values(1, 7, 100, 5000)] int piece)
    {
        string box = string.Concat(Enumerable.Range(0, 300).Select(i => $"{From}Subject: {i}\n\n{new string('x', i * 37)}\nline {i}\n\n"));

        var messages = new MailboxMessages(new PieceStream(Encoding.ASCII.GetBytes(box), piece));
        messages.SkipToFirst();
        var mails = new List<string>();
        while (messages.Read() is { } mail)
            mails.Add(Encoding.ASCII.GetString(mail.Span));

        Assert.That(mails, Is.EqualTo(Enumerable.Range(0, 300).Select(i => $"Subject: {i}\n\n{new string('x', i * 37)}\nline {i}\n")));
    }

    [TestCase("\n", TestName = "in lines")]
    [TestCase("x", TestName = "in one line")]
    public void Read_MailThatIsTooLong_IsCutAndTheNextIsRead(string filling)
    {
        string box = $"{From}Subject: 1\n\n{string.Concat(Enumerable.Repeat($"xxxxxxxxx{filling}", 100_000))}\n\n{From}Subject: 2\n\ntwo\n";
        var messages = new MailboxMessages(new MemoryStream(Encoding.ASCII.GetBytes(box)), mostBytes: 1000);
        messages.SkipToFirst();

        Assert.That(messages.Read()?.Length, Is.EqualTo(1000));
        Assert.That(messages.IsCut, Is.True);
        Assert.That(Encoding.ASCII.GetString(messages.Read()!.Value.Span), Is.EqualTo("Subject: 2\n\ntwo\n"));
        Assert.That(messages.IsCut, Is.False);
        Assert.That(messages.Read(), Is.Null);
    }

    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
    }
}
