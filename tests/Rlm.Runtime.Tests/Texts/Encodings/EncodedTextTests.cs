using System.Text;
using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Tests.Texts.Encodings;

internal sealed class EncodedTextTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("rlm-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("latin1", 0x20, 0xFF)]
    [TestCase("cp1252", 0xA0, 0xFF)]
    [TestCase("cp1251", 0x410, 0x44F)]
    [TestCase("koi8-r", 0x410, 0x44F)]
    [TestCase("shift_jis", 0x3041, 0x3093)]
    [TestCase("euc-jp", 0x3041, 0x3093)]
    [TestCase("gb18030", 0x20, 0xFFFF)]
    [TestCase("big5", 0x4E00, 0x4E11)]
    [TestCase("euc-kr", 0xAC00, 0xAC01)]
    [TestCase("utf-16le", 0x20, 0xFFFF)]
    [TestCase("utf-16be", 0x20, 0xFFFF)]
    [TestCase("utf-32", 0x20, 0xFFFF)]
    public async Task Run_TextOfAnEncoding_IsThatOfUtf8(string name, int least, int most)
    {
        var encoding = TextEncodings.Find(name)!;
        var random = new Random(most);
        for (int round = 0; round < 5; round++)
        {
            var text = new StringBuilder();
            for (int i = 0; i < 20_000; i++)
                text.Append(
                    random.Next(12) == 0 ? '\n' : random.Next(3) == 0 ? (char)random.Next('a', 'z') : NextLetter(random, least, most));
            // What the encoding does not have is no part of the test.
            text = new StringBuilder(encoding.GetString(encoding.GetBytes(text.ToString())));
            string encoded = Path.Combine(_folder, "encoded.txt"), plain = Path.Combine(_folder, "plain.txt");
            await File.WriteAllBytesAsync(encoded, encoding.GetBytes(text.ToString()));
            await File.WriteAllTextAsync(plain, text.ToString());
            string letter = text.ToString().First(c => c > 'z').ToString();
            foreach (string program in new[] { "lines | count", $"grep \"{letter}\" | count", "lines | skip 3 | first 20",
                $"grep \"{letter}\" | first 5 | map \"{{line}}: {{it}}\"" })
                Assert.That(await AnswerOf(program, encoded, encoding), Is.EqualTo(await AnswerOf(program, plain, null)), program);
        }
    }

    [TestCase("cp1252", "Größe\n", "`x.txt` is not UTF-8 in 2 places (first in line 1) and looks like cp1252: letters that are not ASCII are neither found nor compared; read with `encoding cp1252`")]
    [TestCase("utf-16le", "an English text\n", "`x.txt` is not UTF-8 and looks like utf-16le: letters that are not ASCII are neither found nor compared; read with `encoding utf-16le`")]
    [TestCase("utf-8", "Gr\u00F6\u00DFe, F\u00FC\u00DFe, \u00C4pfel, \u00D6fen, h\u00F6flich \u00E9t\u00E9\n", "`x.txt` is UTF-8 with bytes that are not in 1 place (first in line 2); they are read as \uFFFD", true)]
    public async Task Run_TextThatIsNoUtf8_IsPartialAndSaysWhy(string encoding, string text, string reason, bool isDamaged = false)
    {
        string path = Path.Combine(_folder, "x.txt");
        await File.WriteAllBytesAsync(path, [.. TextEncodings.Find(encoding)!.GetBytes(text), .. isDamaged ? new byte[] { 0xE9, (byte)'\n' } : []]);
        using var source = TextSource.FromFile(path, "x.txt");
        var result = await ResultOf("grep \"e\" | count", RlmVariable.Text("context", source));
        Assert.That((result.IsPartial, result.Reasons.Single()), Is.EqualTo((true, reason)));
    }

    [Test]
    public async Task LikelyEncoding_LateByteThatIsNoUtf8_IsFound()
    {
        string path = Path.Combine(_folder, "x.txt");
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of ASCII\n", 300_000)));
        for (int i = 3_000_000; i < bytes.Length; i += 10_000)
            bytes[i] = 0xE9;
        await File.WriteAllBytesAsync(path, bytes);
        using var source = TextSource.FromFile(path);
        Assert.That(source.LikelyEncoding, Is.EqualTo("cp1252"));
    }

    [TestCase("lines | count")]
    [TestCase("grep \"needle\"")]
    [TestCase("grep not \"needle\" | count")]
    [TestCase("lines | last 1")]
    [TestCase("split \"needle\" | count")]
    public async Task Run_FewBytesThatAreNoUtf8FarFromTheStart_AreToldWhereTheyAreRead(string program)
    {
        string path = Path.Combine(_folder, "x.txt");
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of ASCII\n", 400_000)));
        bytes[5_000_000] = bytes[5_100_000] = 0xE9;
        await File.WriteAllBytesAsync(path, bytes);
        using var source = TextSource.FromFile(path, "x.txt");

        var result = await ResultOf(program, RlmVariable.Text("context", source));

        Assert.That((result.IsPartial, result.Reasons.Single()), Is.EqualTo(
            (true, "`x.txt` is not UTF-8 in 2 places (first in line 312,501) and looks like cp1252: letters that are not ASCII are neither found nor compared; read with `encoding cp1252`")));
    }

    [Test]
    public async Task Run_TextWithoutUtf8_CountsAThousandPlaces()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("café au lait\n", 2_000)));
        using var source = TextSource.FromBytes(bytes, "x.txt");

        var result = await ResultOf("lines | count", RlmVariable.Text("context", source));

        Assert.That(result.Reasons.Single(), Does.StartWith("`x.txt` is not UTF-8 in 1,000 places or more (first in line 1) and looks like cp1252"));
    }

    [Test]
    public void Check_CharactersThatAreCut_AreNoFaults()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("ä€😀");
        var faults = new Utf8Faults();

        for (int start = 0; start < bytes.Length; start++)
        {
            for (int end = start + 1; end <= bytes.Length; end++)
                faults.Check(bytes.AsSpan(start, end - start), start, isCut: true);
        }

        Assert.That((faults.Count, faults.First), Is.EqualTo((0, (long?)null)));
    }

    /// <summary>Characters of each length, and faults, at each place around the pieces that are looked at.</summary>
    [TestCase("ä")]
    [TestCase("€")]
    [TestCase("😀")]
    public void Check_CharactersAmongManyBytes_AreToldFromFaults(string character)
    {
        byte[] whole = Encoding.UTF8.GetBytes(character);
        for (int length = 1; length <= whole.Length; length++)
        {
            for (int at = 0; at < 1_100; at++)
            {
                byte[] bytes = new byte[1_300];
                bytes.AsSpan().Fill((byte)'a');
                whole.CopyTo(bytes.AsSpan(100));
                whole.AsSpan(0, length).CopyTo(bytes.AsSpan(at + 110));
                var faults = new Utf8Faults();

                faults.Check(bytes, 0, isCut: false);

                Assert.That(faults.Offsets, Is.EqualTo(length == whole.Length ? Array.Empty<long>() : [at + 110]), $"{length} bytes at {at}");
            }
        }
    }

    [Test]
    public void Check_BytesReadTwiceInAnyOrder_CountOnce()
    {
        byte[] bytes = [(byte)'a', 0xE9, (byte)'b', 0xFF, (byte)'c'];
        var faults = new Utf8Faults();

        faults.Check(bytes.AsSpan(2), 2, isCut: false);
        faults.Check(bytes, 0, isCut: false);

        Assert.That((faults.Count, faults.First), Is.EqualTo((2, (long?)1)));
    }

    [Test]
    public async Task Run_BytesThatTheEncodingDoesNotKnow_AreNoted()
    {
        using var source = TextSource.FromStream(new MemoryStream([0x41, 0x0A, 0xE9, 0x0A]), "s.txt", TextEncodings.Find("us-ascii"));
        var result = await ResultOf("lines", RlmVariable.Text("context", source));
        Assert.That(
            result.Reasons.Single(), Is.EqualTo("`s.txt` has bytes that the given encoding does not know; they are read as \uFFFD"));
    }

    [Test]
    public async Task Run_DocumentsInOtherEncodings_AreCounted()
    {
        foreach (string name in new[] { "a.txt", "b.txt", "c.txt" })
            await File.WriteAllBytesAsync(
                Path.Combine(_folder, name), (name == "b.txt" ? Encoding.UTF8 : Encoding.Latin1).GetBytes("café au lait\n"));
        var variable = RlmVariable.Documents("docs", TextSource.FromDirectoryOrGlob(_folder));
        var result = await ResultOf("docs | count", variable);
        Assert.That(
            result.Reasons.Single(), Is.EqualTo("2 of the 3 texts of `docs`, such as `a.txt`, are not UTF-8 and look like cp1252: letters that are not ASCII are neither found nor compared; read `a.txt`, `c.txt`, as a context of their own, with `encoding cp1252`"));
        var read = RlmVariable.Documents("docs", TextSource.FromDirectoryOrGlob(_folder, encoding: Encoding.Latin1));
        Assert.That((await ResultOf("answer docs | grep \"café\" | count", read)).Answer, Is.EqualTo("2"));
    }

    [Test]
    public async Task Run_Mail_NotesPartsThatAreNotDecoded()
    {
        const string Mail =
            "Received: by x\nFrom: a@b.test\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=B6=C3=9Fe\n";
        var result = await ResultOf("lines | count", RlmVariable.Text("context", TextSource.FromString(Mail, "m.eml")));
        Assert.That((result.IsPartial, result.Notes.Single()), Is.EqualTo(
            (false, "`m.eml` is mail with parts in quoted-printable or base64, which are not decoded: words in them may not be found; give it as a file named .eml or .mbox, which `rlm-docs` or Rlm.Files reads")));
        Assert.That(
            (await ResultOf("lines | count", RlmVariable.Text(
                "context",
                TextSource.FromString(Mail.Replace("quoted-printable", "8bit", StringComparison.Ordinal), "m.eml")))).Notes, Is.Empty);
    }

    [TestCase("%PDF-1.7\n%\u00E2\u00E3", "a PDF")]
    [TestCase("PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml", "an Office file")]
    [TestCase("PK\u0003\u0004\u0014\0\0\0x.txt", "a zip file")]
    [TestCase("\u0089PNG\r\n\u001A\n\0\0", "an image")]
    [TestCase("\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF", "an image")]
    [TestCase("SQLite format 3\0", "an SQLite database")]
    [TestCase("\u007FELF\u0002", "an executable")]
    [TestCase("MZ\u0090\0\u0003", "an executable")]
    [TestCase("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "an old or encrypted Office file")]
    [TestCase("RIFF\0\0\0\0WAVE", "a recording")]
    public void Open_FileThatIsNoText_IsRefusedWithTheWay(string start, string what)
    {
        string path = Path.Combine(_folder, "x.bin");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(start));
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "text\n");
        string? skipped = null;
        Assert.Multiple(() =>
        {
            Assert.That(
                () => TextSource.FromFile(path),
                Throws.TypeOf<TextException>().With.Message.StartsWith($"`{path}` is {what}, which is not read; "));
            Assert.That(
                () => TextSource.FromStream(new MemoryStream(Encoding.Latin1.GetBytes(start)), "stdin"),
                Throws.TypeOf<TextException>().With.Message.StartsWith($"`stdin` is {what}, "));
            Assert.That(TextSource.FromDirectoryOrGlob(_folder, line => skipped = line).Single().Name, Is.EqualTo("a.txt"));
            Assert.That(skipped, Does.Contain($"1 file; left out: 1 binary file (`x.bin`: {what})"));
        });
    }

    [TestCase("MZ is how an executable begins\n")]
    [TestCase("abcdftyp and RIFF are marks\n")]
    [TestCase("ID3 tags\n")]
    [TestCase("PK is a name\n")]
    public void Open_TextThatBeginsLikeAnother_IsRead(string text)
    {
        string path = Path.Combine(_folder, "x.txt");
        File.WriteAllText(path, text);
        using var source = TextSource.FromFile(path);
        Assert.That(source.Whole.Decode(), Is.EqualTo(text));
    }

    [Test]
    [Platform("Linux")]
    public async Task Open_PipesAndSocketsInADirectory_AreSkippedAndCounted()
    {
        using var make = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder, "pipe"));
        await make.WaitForExitAsync();
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(_folder, "socket")));
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.txt"), "text\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "empty.txt"), "");
        string? skipped = null;
        var sources = TextSource.FromDirectoryOrGlob(_folder, line => skipped = line);
        Assert.That((string.Join(',', sources.Select(source => source.Name)), skipped), Is.EqualTo(("a.txt,empty.txt",
            $"`{_folder}`: 2 files; left out: 2 pipes, sockets or devices")));
    }

    private static char NextLetter(Random random, int least, int most)
    {
        while (true)
        {
            char next = (char)random.Next(least, most + 1);
            if (!char.IsSurrogate(next) && !char.IsControl(next)
                && next is not ('"' or '\\' or '{' or '}' or '\uFEFF' or '\uFFFE' or '\uFFFF' or '\u0085' or '\u2028' or '\u2029'))
                return next;
        }
    }

    private static async Task<string?> AnswerOf(string program, string path, Encoding? encoding)
    {
        using var source = TextSource.FromFile(path, "t.txt", encoding);
        var result = await ResultOf($"answer context | {program}", RlmVariable.Text("context", source));
        Assert.That((result.IsPartial, string.Join('|', result.Reasons)), Is.EqualTo((false, "")));
        return result.Answer;
    }

    private static async Task<RlmResult> ResultOf(string program, RlmVariable variable)
    {
        var session = new RlmSession(new ScriptedChatClient(), [variable]);
        await foreach (var happened in session.RunStreamingAsync(program))
        {
            if (happened is RunFinished finished)
                return finished.Result;
        }

        throw new InvalidOperationException("The run has no end.");
    }
}
