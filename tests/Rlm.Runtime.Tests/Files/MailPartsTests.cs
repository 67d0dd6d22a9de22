using System.Text;

namespace Rlm.Runtime.Tests.Files;

/// <summary>Which parts of a mail are its text, and which are attached.</summary>
internal sealed class MailPartsTests
{
    private const string Nested = "Content-Type: message/rfc822\n\nFrom: c@x\nSubject: inner\n\ninside";

    [Test]
    public void Read_Alternative_IsThePlainText() => Assert.That(
        BodyOf("alternative", "Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>page"), Is.EqualTo("plain"));

    [TestCase("")]
    [TestCase("This mail is a page; use another program to see it.")]
    public void Read_AlternativeThatOnlyNamesThePage_IsThePage(string plain)
    {
        string page = string.Concat(Enumerable.Repeat("word ", 200)).TrimEnd();

        Assert.That(
            BodyOf("alternative", $"Content-Type: text/plain\n\n{plain}", $"Content-Type: text/html\n\n<p>{page}</p>"), Is.EqualTo(page));
    }

    [Test]
    public void Read_AlternativeWithAttachments_ListsThem() => Assert.That(
        BodyOf(
            "alternative", "Content-Type: text/plain\n\nplain",
            Multipart("mixed", "in", "Content-Type: text/html\n\n<p>page", "Content-Type: image/png; name=a.png\n\nxyz")),
        Is.EqualTo("plain\n\n[attachment 1: a.png, image/png, 3 bytes]"));

    [TestCase("text/plain; charset=utf-16le", "n.txt", false)]
    [TestCase("text/plain", "n.txt", true)]
    [TestCase("text/csv", "n.csv", true)]
    [TestCase("application/octet-stream", "n.csv", true)]
    public void Read_AttachedTextOfUtf16_IsRead(string type, string name, bool hasMark)
    {
        byte[] text = Encoding.Unicode.GetBytes($"{(hasMark ? "\uFEFF" : "")}a needle");

        string body = BodyOf(
            "mixed", "Content-Type: text/plain\n\nplain",
            $"Content-Type: {type}\nContent-Disposition: attachment; filename={name}\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(text)}");

        Assert.That(body, Does.Contain("\na needle\n"));
    }

    [TestCase("Content-Type: text/plain\n\nanother", "plain\n\nanother", TestName = "a second plain text")]
    [TestCase("Content-Type: text/plain\n\n plain\n", "plain", TestName = "the same again")]
    [TestCase("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYW5vdGhlcg==", "plain\n\nanother", TestName = "an encoded one")]
    [TestCase("Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/html\n\n<p>plain\n--in\n\na note\n--in--", "plain\n\na note", TestName = "one beside the page")]
    [TestCase("Content-Type: text/html\n\n<p>other words\n--b\nContent-Type: text/html\n\n<p>plain", "plain\n\nother words", TestName = "a second page")]
    public void Read_AlternativeWithOtherText_HasIt(string other, string body) => Assert.That(
        BodyOf("alternative", "Content-Type: text/plain\n\nplain", other), Is.EqualTo(body));

    [Test]
    public void Read_MultipartThatIsEncoded_IsDecoded([Values("base64", "quoted-printable")] string encoding, [Values("utf-8", "\"utf-8\"")] string charset)
    {
        string parts = $"--b=1\r\nContent-Type: text/plain; charset={charset}\r\n\r\n1 = \u00C3\u00BC\r\n--b=1\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n--b=1--\r\n";
        string encoded = encoding == "base64" ? Convert.ToBase64String(Encoding.Latin1.GetBytes(parts), Base64FormattingOptions.InsertLineBreaks)
            : parts.Replace("=", "=3D", StringComparison.Ordinal).Replace("\u00C3\u00BC", "=C3=\r\n=BC", StringComparison.Ordinal);

        var read = ReadMails.OfMail($"Content-Type: multipart/mixed; boundary=\"b=1\"\nContent-Transfer-Encoding: {encoding}\n\n{encoded}");

        Assert.That(read.Bodies.Single(), Is.EqualTo("1 = \u00FC\n\n[attachment 1: a.png, image/png, 1 bytes]"));
        Assert.That(read.Gaps, Is.Empty);
    }

    /// <summary>Some programs say of the whole how its parts are encoded.</summary>
    [Test]
    public void Read_MultipartWhosePartsAreEncoded_IsDecodedOnce([Values("utf-8", "\"utf-8\"")] string charset) => Assert.That(
        ReadMails.OfMail(
            "Content-Transfer-Encoding: quoted-printable",
            Multipart("mixed", "b", $"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: quoted-printable\n\n=C3=BC =3D3D")).Bodies.Single(),
        Is.EqualTo("\u00FC =3D"));

    [Test]
    public void Read_MultipartThatIsCutInItsEncoding_IsAGap() => Assert.That(
        ReadMails.OfMail(
            "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n",
            Convert.ToBase64String(Encoding.ASCII.GetBytes("--b\n\none\n--b\n\ntwo"))[..^3]).Gaps,
        Is.EqualTo(new[] { "its parts do not end as they should, so that some may be missing" }));

    [Test]
    public void Read_MailWhoseLinesEndInReturns_IsAsAnyOther()
    {
        string mail = $"From: a@x\nSubject: S\n{Multipart("mixed", "b", "Content-Type: text/plain\n\none\ntwo", "Content-Type: image/png\n\nx")}";

        var read = ReadMails.Of(mail.Replace('\n', '\r'), "mail.eml");

        Assert.That(read.Texts, Is.EqualTo(ReadMails.Of(mail, "mail.eml").Texts));
        Assert.That(read.Headers.Single().Subject, Is.EqualTo("S"));
        Assert.That(RlmFiles.Reader.FindContent("mail.eml", Encoding.ASCII.GetBytes(mail.Replace('\n', '\r'))), Is.EqualTo(RlmFileContent.Mail));
    }

    [Test]
    public void Read_AttachedMailWhoseLinesEndInReturns_HasItsHeaders() => Assert.That(
        BodyOf("mixed", "Content-Type: message/rfc822\n\nFrom: c@x\rSubject: inner\r\rinside"), Does.Contain("From: c@x\nTo:\nDate: none\nSubject: inner\n\ninside"));

    [Test]
    public void Read_PieceOfAMail_IsTold()
    {
        var read = ReadMails.OfMail("Content-Type: message/partial; id=1; number=2; total=3\n\nthe middle");

        Assert.That(read.Bodies.Single(), Is.EqualTo("[piece 2 of 3 of a mail, as it was sent]\n\nthe middle"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "it is a piece of a mail that was sent in several, and these are not put together" }));
    }

    [Test]
    public void Read_PartThatIsKeptElsewhere_IsTold()
    {
        var read = ReadMails.OfMail(Multipart("mixed", "b", "\none", "Content-Type: message/external-body; access-type=URL; URL=\"https://x/a.pdf\"\n\nContent-Type: application/pdf\n"));

        Assert.That(read.Bodies.Single(), Is.EqualTo("one\n\n[kept elsewhere: https://x/a.pdf; not read]"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "a part is kept elsewhere, and not read" }));
    }

    [Test]
    public void Read_AttachmentOfOutlook_IsTold() => Assert.That(
        ReadMails.OfMail(Multipart("mixed", "b", "\none", "Content-Type: application/octet-stream; name=winmail.dat\n\n\u0078\u009F\u003E\u0022\u0001\u0002")).Gaps,
        Is.EqualTo(new[] { "an attachment is a winmail.dat (TNEF), whose text and attachments are not read; open it with Outlook or `tnef`" }));

    [Test]
    public void Read_Related_IsThePageAndItsPictures() => Assert.That(
        BodyOf("related", "Content-Type: text/html\n\n<p>page", "Content-Type: image/png\nContent-ID: <1>\n\nxyz"),
        Is.EqualTo("page\n\n[attachment 1: image/png, 3 bytes]"));

    [Test]
    public void Read_Mixed_IsItsTextsThenItsAttachments() => Assert.That(
        BodyOf(
            "mixed", "Content-Type: text/plain\n\none", "Content-Type: text/csv\nContent-Disposition: attachment; filename=a.csv\n\na,b\n1,2",
            "Content-Type: text/plain\n\ntwo", "Content-Type: application/zip\nContent-Disposition: attachment; filename*=utf-8''%C3%BC.zip\n\nPK"),
        Is.EqualTo("one\n\ntwo\n\n[attachment 1: a.csv, text/csv, 7 bytes]\na,b\n1,2\n[end of attachment 1]\n[attachment 2: \u00FC.zip, application/zip, 2 bytes]"));

    [Test]
    public void Read_Signed_IsItsTextAndTheSignatureIsListed() => Assert.That(
        BodyOf("signed", "Content-Type: text/plain\n\nplain", "Content-Type: application/pgp-signature; name=signature.asc\n\nabc"),
        Is.EqualTo("plain\n\n[attachment 1: signature.asc, application/pgp-signature, 3 bytes]"));

    [Test]
    public void Read_Report_IsItsTextAndItsFields() => Assert.That(
        BodyOf(
            "report", "Content-Type: text/plain\n\nIt failed.", "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed",
            "Content-Type: text/rfc822-headers\n\nSubject: lost"),
        Is.EqualTo("It failed.\n\nReporting-MTA: dns; x\n\nAction: failed\n\nSubject: lost"));

    [Test]
    public void Read_AttachedMail_HasItsHeaders() => Assert.That(
        BodyOf("mixed", "Content-Type: text/plain\n\nsee below", Nested),
        Is.EqualTo("see below\n\n[attachment 1: message/rfc822, 32 bytes]\nFrom: c@x\nTo:\nDate: none\nSubject: inner\n\ninside\n[end of attachment 1]"));

    [Test]
    public void Read_Digest_IsOfMails() => Assert.That(
        BodyOf("digest", "\nFrom: c@x\nSubject: inner\n\ninside"), Does.Contain("[attachment 1: message/rfc822, 32 bytes]\nFrom: c@x"));

    [Test]
    public void Read_WordsBehindTheLastPart_AreText() => Assert.That(
        ReadMails.OfMail($"{Multipart("mixed", "b", "Content-Type: text/plain\n\none")}\nA list of words").Bodies.Single(), Is.EqualTo("one\n\nA list of words"));

    [Test]
    public void Read_AttachedPdf_IsReadAndItsPagesArePlaces()
    {
        var read = ReadMails.OfMail(Multipart(
            "mixed", "b", "Content-Type: text/plain\n\nsee the contract",
            $"Content-Type: application/pdf; name=contract.pdf\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(PdfFile.Of("Clause 1", "Clause 2"))}"));

        Assert.That(read.Bodies.Single(), Does.Match(@"^see the contract\n\n\[attachment 1: contract\.pdf, application/pdf, [\d,]+ bytes\]\nClause 1\n\f\nClause 2\n\[end of attachment 1\]$"));
        Assert.That(read.Places, Is.EqualTo(new[] { "", "contract.pdf", "contract.pdf:p1", "contract.pdf:p2" }));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_AttachedPdfThatIsDamaged_IsToldOfThisMail()
    {
        var read = ReadMails.OfMail(Multipart("mixed", "b", "Content-Type: text/plain\n\none", "Content-Type: application/pdf; name=a.pdf\n\n%PDF-1.7 nothing"));

        Assert.That(read.Bodies.Single(), Does.StartWith("one\n\n[attachment 1: a.pdf, application/pdf, 16 bytes]\n[not read: it is damaged").And.EndsWith("]\n[end of attachment 1]"));
        Assert.That(read.Gaps.Single(), Does.StartWith("an attachment is not read: it is damaged"));
    }

    [Test]
    public void Read_AttachedMailbox_IsAPartOfTheMail()
    {
        var read = ReadMails.OfMail(Multipart(
            "mixed", "b", "Content-Type: application/mbox; name=old.mbox\n\nFrom bob Mon Jan  5 10:00:00 2026\nSubject: 1\n\none\n\nFrom bob Mon Jan  5 10:00:00 2026\nSubject: 2\n\ntwo"));

        Assert.That(read.Headers, Has.Count.EqualTo(1));
        Assert.That(read.Places, Is.EqualTo(new[] { "", "old.mbox", "old.mbox:#1", "old.mbox:#2" }));
        Assert.That(read.Bodies.Single(), Does.Contain("Subject: 2\n\ntwo\n[end of attachment 1]"));
    }

    [Test]
    public void Read_PlacesOfAttachedMails_GoOn() => Assert.That(
        ReadMails.OfMail(Multipart("mixed", "b", $"Content-Type: message/rfc822; name=fwd.eml\n\n{Multipart("mixed", "c", "Content-Type: text/csv; name=a/b.csv\n\n1")}")).Places,
        Is.EqualTo(new[] { "", "fwd.eml", "fwd.eml/a_b.csv" }));

    [TestCase("filename*0=\"long \"; filename*1=\"name.txt\"", "long name.txt")]
    [TestCase("filename*0*=utf-8''%C3; filename*1*=%BC.txt", "\u00FC.txt")]
    [TestCase("filename=\"=?utf-8?q?=C3=BC.txt?=\"", "\u00FC.txt")]
    [TestCase("filename=\"C:\\a\\b.txt\"", "C:\\a\\b.txt")]
    [TestCase("filename=\"a;b \\\"c\\\".txt\"", "a;b \"c\".txt")]
    [TestCase("filename=a b.txt", "a b.txt")]
    [TestCase("filename=\"\u00C3\u00BC.txt\"", "\u00FC.txt")]
    [TestCase("filename=\"a.txt", "a.txt")]
    [TestCase("filename=a.txt; filename*=utf-8''b.txt", "b.txt")]
    [TestCase("filename*=%ZZ'x", "%ZZ'x")]
    public void Read_FileName_IsDecoded(string parameter, string name) => Assert.That(
        BodyOf("mixed", $"Content-Type: application/zip\nContent-Disposition: attachment; {parameter}\n\nPK"), Does.StartWith($"[attachment 1: {name}, application/zip, 2 bytes]"));

    [Test]
    public void Read_MailsInMails_EndSomewhere()
    {
        string mail = "Subject: innermost\n\nwords";
        for (int i = 0; i < 50; i++)
            mail = $"Content-Type: message/rfc822\n\n{mail}";

        Assert.That(ReadMails.OfMail("From: a@x", mail).Gaps, Is.EqualTo(new[] { "a mail is attached to more than 8 others, and not read" }));
    }

    [Test]
    public void Read_PartsInParts_EndSomewhere()
    {
        string part = "Content-Type: text/plain\n\nwords";
        for (int i = 0; i < 50; i++)
            part = Multipart("mixed", $"b{i}", part);

        var read = ReadMails.OfMail("From: a@x", part);

        Assert.That(read.Gaps, Is.EqualTo(new[] { "its parts lie in more than 20 others, so that their text is as it is" }));
        Assert.That(read.Texts[0], Does.Contain("words"));
    }

    [Test]
    public void Read_ManyAttachments_AreListedUpToABound()
    {
        var read = ReadMails.OfMail(Multipart("mixed", "b", [.. Enumerable.Repeat("Content-Type: image/png\n\nx", 1_200)]));

        Assert.That(read.Gaps, Is.EqualTo(new[] { "it has more than 1,000 attachments, of which the others are left out" }));
    }

    [Test]
    public void Read_ManyParts_AreReadUpToABound() => Assert.That(
        ReadMails.OfMail(Multipart("mixed", "b", [.. Enumerable.Repeat("\nx", 12_000)])).Gaps, Is.EqualTo(new[] { "it has more than 10,000 parts" }));

    /// <summary>Whatever the bytes are, the mail is read in words.</summary>
    [Test]
    public void Read_OtherBytes_EndsInWords()
    {
        byte[] whole = Encoding.Latin1.GetBytes(
            "From bob Mon Jan  5 10:00:00 2026\nFrom: =?utf-8?q?J=C3=A9?= <a@x>, \"B\" <b@x>\nDate: Mon, 05 Jan 2026 10:00:00 +0100\nSubject: =?utf-8?b?w6k=?=\n"
            + Multipart(
                "mixed", "b", "Content-Type: text/plain; charset=iso-2022-jp; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n=1B$BF|K\\=1B(B ab=\nc \nd",
                Multipart("alternative", "c", "Content-Type: text/plain\n\nplain", "Content-Type: text/html; charset=gb18030\n\n<table><tr><td rowspan=2>a<blockquote>b&#xD800;&amp;"),
                "Content-Type: text/csv\nContent-Disposition: attachment; filename*0*=utf-8''%C3; filename*1*=%BC.csv\nContent-Transfer-Encoding: base64\n\nYSxiCjEsMgo=",
                Nested, "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#:&D*\n`\nend"));
        var random = new Random(11);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] file = i % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int j = 0; j < i % 20 && file.Length > 0; j++)
                file[random.Next(file.Length)] = (byte)(i % 2 == 0 ? random.Next(256) : whole[random.Next(whole.Length)]);

            Assert.That(() => IsRead(file), Throws.Nothing, $"damage {i}");
        }
    }

    private static bool IsRead(byte[] file)
    {
        try
        {
            return ReadMails.Of(file).Headers.Count > 0;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message.Length == 0;
        }
    }

    private static string BodyOf(string kind, params string[] parts)
    {
        var read = ReadMails.OfMail("From: a@x", Multipart(kind, "b", parts));
        Assert.That(read.Gaps, Is.Empty);
        return read.Bodies.Single();
    }

    private static string Multipart(string kind, string boundary, params string[] parts) =>
        $"Content-Type: multipart/{kind}; boundary={boundary}\n\n{string.Concat(parts.Select(part => $"--{boundary}\n{part}\n"))}--{boundary}--\n";
}
