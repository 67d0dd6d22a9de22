using System.Text;

namespace Rlm.Runtime.Tests.Texts.Sources;

/// <summary>Files that a host's reader makes texts of.</summary>
internal sealed class FileReadersTests
{
    private const string Mark = "%PDF-odd\n";

    private string _directory = "";

    [OneTimeSetUp]
    public void Register()
    {
        TextSource.RegisterReader(new OddReader());
        _directory = Directory.CreateTempSubdirectory("rlm-readers-").FullName;
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [TestCase(0, 3, "odd:p1")]
    [TestCase(4, 7, "odd:p2")]
    [TestCase(0, 7, "odd:p1-p2")]
    [TestCase(3, 4, "odd:p1")]
    [TestCase(4, 4, "odd:p2")]
    [TestCase(7, 7, "odd:p2")]
    public void Cite_PartOfAFile_IsItsPlaces(int start, int end, string cite)
    {
        using var source = Open("p1:one ;p2:two");

        Assert.That(source.Whole.Decode(), Is.EqualTo("one two"));
        Assert.That(new Rlm.Runtime.Texts.Sources.TextSlice(source, start, end - start).Cite, Is.EqualTo(cite));
    }

    [Test]
    public void Cite_PlaceWithoutText_IsNotNamed()
    {
        using var source = Open("p1:;p2:;p3:three");

        Assert.That(source.Whole.Cite, Is.EqualTo("odd:p3"));
    }

    [Test]
    public void Cite_WithoutPlaces_IsLines()
    {
        using var source = Open(":one\ntwo");

        Assert.That(source.Whole.Cite, Is.EqualTo("odd:1-2"));
    }

    [Test]
    public async Task FromStreamAsync_File_IsItsText()
    {
        using var source = await TextSource.FromStreamAsync(new MemoryStream(Encoding.UTF8.GetBytes($"{Mark}p1:one")), "body");

        Assert.That((source.Whole.Decode(), source.Whole.Cite), Is.EqualTo(("one", "body:p1")));
    }

    [Test]
    public void FromStream_RefusedFile_SaysWhy() => Assert.That(
        () => Open("!it is sealed; open it"),
        Throws.TypeOf<TextException>().With.Message.EqualTo("`odd` is a PDF, which is not read: it is sealed; open it"));

    [Test]
    public void FromDirectory_RefusedFileAmongOthers_IsAnEmptyText()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directory, "some")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.txt"), "text");
        File.WriteAllText(Path.Combine(folder, "b.pdf"), $"{Mark}!it is sealed; open it");
        File.WriteAllText(Path.Combine(folder, "c.pdf"), $"{Mark}p1:one");

        var documents = TextSource.FromDirectoryOrGlob(folder);

        Assert.That(documents.Select(document => document.Whole.Decode()), Is.EqualTo(new[] { "text", "", "one" }));
        Assert.That(documents.Select(document => document.Gap), Is.EqualTo(new[] { null, "it is sealed; open it", null }));
    }

    [Test]
    public void FromDirectory_RefusedFilesAlone_SaysWhy()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directory, "none")).FullName;
        File.WriteAllText(Path.Combine(folder, "b.pdf"), $"{Mark}!it is sealed; open it");

        var documents = TextSource.FromDirectoryOrGlob(folder);

        Assert.That(() => documents[0].LengthBytes, Throws.TypeOf<TextException>().With.Message.Contains("it is sealed"));
    }

    [Test]
    public void Documents_FileOfMails_AreStretchesWithLinesPlacesAndGapsOfTheirOwn()
    {
        using var box = Open("#1:one\ntwo\n;a.pdf:three;#2:four\nfive;gap:no key");
        var mails = box.Documents!;

        Assert.Multiple(() =>
        {
            Assert.That(mails.Select(mail => mail.Whole.Decode()), Is.EqualTo(new[] { "one\ntwo\nthree", "four\nfive" }));
            Assert.That(mails.Select(mail => mail.Whole.Cite), Is.EqualTo(new[] { "odd:#1:1-a.pdf", "odd:#2:1-2" }));
            Assert.That(mails.Select(mail => mail.Gap), Is.EqualTo(new[] { null, "no key" }));
            Assert.That(box.Gap, Is.Null);
        });
    }

    [Test]
    public void StartMail_InAText_IsAPlace()
    {
        using var text = Open("p1:one;place #2:two");

        Assert.That((text.Documents, text.Whole.Cite), Is.EqualTo((default(IReadOnlyList<TextSource>), "odd:p1-place #2")));
    }

    [Test]
    public void Documents_FileThatIsOneText_AreNone()
    {
        using var source = Open("p1:one");

        Assert.That(source.Documents, Is.Null);
    }

    [Test]
    public async Task Run_MailsAlone_HaveFieldsOfMails()
    {
        using var box = Open("#1:one;#2:two");
        var mails = RlmVariable.Documents("context", box.Documents!);

        string? answer = await RunAsync("""answer context | where date > "2026-04-30" and subject == "#2" | map "{name} {from}>{to} {date} {size} {it}" """, mails);

        Assert.That(answer, Is.EqualTo("odd:#2 Ann>Ben 2026-05-01 12:00+02:00 3 two"));
    }

    [Test]
    public async Task Run_MailsAmongOtherDocuments_AreDocuments()
    {
        using var box = Open("#1:one");
        var mixed = RlmVariable.Documents("context", [.. box.Documents!, TextSource.FromString("text", "a.txt")]);

        Assert.That(await RunAsync("answer context | map \"{name} {size}\"", mixed), Is.EqualTo("odd:#1 3\na.txt 4"));
        var session = new RlmSession(new ScriptedChatClient(), [mixed]);
        Assert.That(session.Compile("map subject").HasErrors, Is.True);
    }

    [Test]
    public async Task Run_MailsAndEmptyTexts_AreMails()
    {
        using var box = Open("#1:one");
        var mails = RlmVariable.Documents("context", [TextSource.FromString("", "empty.mbox"), .. box.Documents!]);

        Assert.That(await RunAsync("answer context | map \"{name} {subject}\"", mails), Is.EqualTo("odd:#1 #1"));
    }

    [Test]
    public async Task Run_MailsAndAnEmptyTextWithAGap_AreDocuments()
    {
        using var box = Open("#1:one");
        using var unread = Open("gap:no key");
        var mixed = RlmVariable.Documents("context", [unread, .. box.Documents!]);

        Assert.That(await RunAsync("answer context | map \"{name} {size}\"", mixed), Is.EqualTo("odd 0\nodd:#1 3"));
    }

    /// <summary>An empty mailbox is a list of no mails, with the fields of mails; once it was one empty text.</summary>
    [TestCase("answer context | count", "0")]
    [TestCase("answer context | map \"{from} {subject}\" | count", "0")]
    public async Task Documents_ListOfNoMails_AreNone(string program, string answer)
    {
        using var box = Open("mails");

        Assert.That(await RunAsync(program, RlmVariable.Documents("context", box.Documents!)), Is.EqualTo(answer));
    }

    [Test]
    public void FromFile_EmptyFileThatAReaderTakes_IsRead()
    {
        string path = Path.Combine(_directory, "empty.odd");
        File.WriteAllBytes(path, []);

        Assert.That(TextSource.FromFile(path).Documents, Is.Empty);
        Assert.That(TextSource.FromDirectoryOrGlob(path, null, null), Is.Empty);
    }

    private static async Task<string?> RunAsync(string program, RlmVariable variable) =>
        (await ProgramRun.RunAsync(new RlmSession(new ScriptedChatClient(), [variable]), program)).Answer;

    private static TextSource Open(string content) => TextSource.FromStream(new MemoryStream(Encoding.UTF8.GetBytes(Mark + content)), "odd");

    /// <summary>Reads <c>place:text;gap:reason;#mail:text</c> behind the mark, and refuses what begins with an exclamation mark.</summary>
    private sealed class OddReader : IRlmFileReader
    {
        public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) =>
            !start.StartsWith(Encoding.UTF8.GetBytes(Mark)) ? start.IsEmpty && path.EndsWith(".odd", StringComparison.Ordinal) ? RlmFileContent.Mails : null
            : start[Mark.Length..] is [(byte)'#', ..] or [(byte)'m', ..] ? RlmFileContent.Mails
            : RlmFileContent.Text;

        public void Read(string path, Stream file, IRlmFileText text)
        {
            using var reader = new StreamReader(file);
            string content = reader.ReadToEnd() is { Length: > 0 } all ? all[Mark.Length..] : "mails";
            if (content == "mails")
                return;
            if (content is ['!', .. var reason])
                throw new InvalidDataException(reason);

            foreach (string part in content.Split(';'))
            {
                string[] pieces = part.Split(':');
                if (pieces[0].Contains('#'))
                    text.StartMail(pieces[0], new RlmMailHeader("Ann", "Ben", new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)), pieces[0]));
                else if (pieces[0] == "gap")
                    text.AddGap(pieces[1]);
                else if (pieces[0].Length > 0)
                    text.StartPlace(pieces[0]);
                text.Write(pieces[0] == "gap" ? "" : pieces[1]);
            }
        }
    }
}
