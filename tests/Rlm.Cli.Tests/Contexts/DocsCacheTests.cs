using Rlm.Cli.Contexts;
using Rlm.Cli.Tests.Configuration;

namespace Rlm.Cli.Tests.Contexts;

/// <summary>What is kept of documents from run to run, and how little is believed of it.</summary>
internal sealed class DocsCacheTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = TestFiles.NewDirectory();

    [Test]
    public async Task Run_SameContent_IsReadOnce()
    {
        var home = new ConfigurationHome("");
        string path = Path.Combine(_folder, "a.pdf"), kept = Path.Combine(home.Home, ".local", "state", "rlm", "documents");
        await File.WriteAllBytesAsync(path, PdfFile.Of("one", "two"));
        string[] line = ["run", "-e", "context | lines | map \"{it} [{cite}]\"", "-c", path];

        var first = await home.RunAsync(line);
        string[] entries = Directory.GetFiles(kept, "*.records");
        var again = await home.RunAsync(line);
        var other = await home.RunAsync([.. line, "--no-cache"]);
        await File.WriteAllBytesAsync(path, PdfFile.Of("one", "three"));
        var changed = await home.RunAsync([.. line, "--no-cache"]);

        Assert.Multiple(() =>
        {
            Assert.That(first.Code, Is.Zero, first.Error);
            Assert.That((again, other), Is.EqualTo((first, first)));
            Assert.That(entries, Has.Length.EqualTo(1));
            Assert.That(changed.Output, Does.Contain("three"));
            Assert.That(Directory.GetFiles(kept, "*.records"), Is.EqualTo(entries));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(entries[0]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
                Assert.That(File.GetUnixFileMode(kept), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            }
        });
    }

    [Test]
    public void TryRead_WhatWasKept_IsTheSame()
    {
        var cache = MakeCache();
        string key = KeyOf(cache, "x");

        Keep(cache, key, "one");

        Assert.That((ReadOf(cache, key), ReadOf(cache, KeyOf(cache, "y")), ReadOf(MakeCache(), KeyOf(MakeCache(), "x"))), Is.EqualTo(("p1:one!gap", (string?)null, "p1:one!gap")));
    }

    [Test]
    public void TryRead_DamagedOrForeignEntry_IsNone()
    {
        var cache = MakeCache();
        string key = KeyOf(cache, "x"), other = KeyOf(cache, "y");
        Keep(cache, key, "one");
        string path = Directory.GetFiles(_folder, "*.records").Single();
        byte[] whole = File.ReadAllBytes(path);
        Keep(cache, other, "two");
        string otherPath = Directory.GetFiles(_folder, "*.records").Single(file => file != path);
        byte[] swapped = File.ReadAllBytes(otherPath);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] bytes = [.. whole];
            bytes[i] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.That(ReadOf(cache, key), Is.Null, $"a bit of byte {i}");
            File.WriteAllBytes(path, whole[..i]);
            Assert.That(ReadOf(cache, key), Is.Null, $"cut at {i}");
        }

        File.WriteAllBytes(path, swapped);
        Assert.That(ReadOf(cache, key), Is.Null, "the entry of another file");
        Keep(cache, key, "anew");
        Assert.That(ReadOf(cache, key), Is.EqualTo("p1:anew!gap"));
    }

    [Test]
    public void MakeKey_AnotherReaderNameOrContent_IsAnother()
    {
        var cache = MakeCache();
        string?[] keys =
        [
            KeyOf(cache, "x"), cache.MakeKey("r2", "a.pdf", new MemoryStream("x"u8.ToArray())), cache.MakeKey("r", "a.docx", new MemoryStream("x"u8.ToArray())),
            KeyOf(cache, "y"), KeyOf(cache, ""),
        ];

        Assert.That(keys, Is.Unique);
        Assert.That(KeyOf(new DocsCache(TestFiles.NewDirectory(), 1 << 20), "x"), Is.Not.EqualTo(keys[0]), "each folder has a secret");
    }

    [Test]
    public void Begin_TooMuch_RemovesWhatWasUsedLongestAgo()
    {
        const int Most = 40_000;
        for (int i = 0; i < 10; i++)
        {
            var cache = MakeCache(Most);
            Keep(cache, KeyOf(cache, $"{i}"), new string('x', 4_500));
            foreach (string file in Directory.GetFiles(_folder, "*.records"))
                File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-1));
            Assert.That(ReadOf(cache, KeyOf(cache, "0")), Is.Not.Null, "what is used stays");
        }

        Keep(MakeCache(Most), KeyOf(MakeCache(Most), "last"), "x");
        long[] sizes = [.. Directory.GetFiles(_folder, "*.records").Select(file => new FileInfo(file).Length)];
        Assert.That((sizes.Sum() <= Most, sizes.Length is > 5 and < 10), Is.EqualTo((true, true)), $"{sizes.Sum()} bytes in {sizes.Length}");
    }

    [Test]
    public void Complete_EntryThatIsTooLarge_IsNotKept()
    {
        var cache = MakeCache(1 << 16);
        Keep(cache, KeyOf(cache, "x"), new string('x', 1 << 14));

        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EqualTo(new[] { "secret" }));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(20_000)]
    public void TryRead_PipeInPlaceOfAnEntry_IsNone()
    {
        var cache = MakeCache();
        string key = KeyOf(cache, "x");
        Keep(cache, key, "one");
        string path = Directory.GetFiles(_folder, "*.records").Single();
        File.Delete(path);
        MakePipe(path);

        Assert.That(ReadOf(cache, key), Is.Null);
        Keep(cache, key, "anew");
        Assert.That(ReadOf(cache, key), Is.EqualTo("p1:anew!gap"));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(20_000)]
    public void MakeKey_PipeInPlaceOfTheSecret_IsNone()
    {
        MakePipe(Path.Combine(_folder, "secret"));

        Assert.That(MakeCache().MakeKey("r", "a.pdf", new MemoryStream()), Is.Null);
    }

    [Test]
    public void Dispose_FullDisk_LeavesNothing()
    {
        string path = Path.Combine(_folder, "entry");
        using (var records = new KeptRecords(new FullDisk(path + ".new"), path, 1 << 20, () => new()))
        {
            var kept = new KeptText(new TextLog(), records);
            kept.Write("one");
            Assert.That(records.Complete(), Is.Zero);
        }

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    private static void MakePipe(string path)
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", path);
        made.WaitForExit();
    }

    private DocsCache MakeCache(long mostBytes = 1 << 20) => new(_folder, mostBytes);

    private static string KeyOf(DocsCache cache, string content) => cache.MakeKey("r", "a.pdf", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)))!;

    private static void Keep(DocsCache cache, string key, string text)
    {
        using var records = cache.Begin(key)!;
        var kept = new KeptText(new TextLog(), records);
        kept.StartPlace("p1");
        kept.Write(text);
        kept.AddGap("gap");
        cache.Count(records.Complete());
    }

    private static string? ReadOf(DocsCache cache, string key)
    {
        var text = new TextLog();
        return cache.TryRead(key, text) ? text.Text : null;
    }

    private sealed class TextLog : IRlmFileText
    {
        public string Text { get; private set; } = "";

        public void StartMail(string place, RlmMailHeader header) => Text += $"#{place}";

        public void StartPlace(string place) => Text += $"{place}:";

        public void Write(string text) => Text += text;

        public void AddGap(string gap) => Text += $"!{gap}";
    }

    /// <summary>A file on a disk that the first line fills, so that not even what is left can be written when it is closed.</summary>
    private sealed class FullDisk(string path) : FileStream(path, FileMode.CreateNew)
    {
        private bool _isFull;

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_isFull)
                throw new IOException("No space left on device");
            base.Write(buffer, offset, count);
            _isFull = buffer.AsSpan(offset, count).Contains((byte)'\n');
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
                throw new IOException("No space left on device");
        }
    }
}
