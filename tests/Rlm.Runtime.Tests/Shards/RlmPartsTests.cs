namespace Rlm.Runtime.Tests.Shards;

internal sealed class RlmPartsTests
{
    private const string Program = "answer context | grep /5/ | count";

    private static readonly string Text = ProgramRun.Items(40);

    private readonly PartFolder _folder = new();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Open_AllParts_KeepWhatIsAskedFor()
    {
        var written = await _folder.MapAsync(Program, () => Variables(Text), 3);
        using var parts = RlmParts.Open([.. _folder.Paths.Reverse()]);

        Assert.That(written.Sum(static part => part.Bytes), Is.EqualTo(Text.Length));
        Assert.That(written.Sum(static part => part.KeptBytes), Is.LessThan(Text.Length / 4));
        Assert.That(parts.Missing, Is.Empty);
        Assert.That((await ProgramRun.RunAsync(Session(parts), Program)).Answer, Is.EqualTo("4"));
    }

    [Test]
    public async Task Open_ShardIsMissing_SaysWhichAndHowToMakeIt()
    {
        await _folder.MapAsync(Program, () => Variables(Text), 3);

        Assert.That(Message([_folder.Paths[0], _folder.Paths[2]]), Is.EqualTo(
            "shard 2 of 3 is missing; make its part, or ask for an answer without it"));
        Assert.That(Message([_folder.Paths[1]]), Is.EqualTo(
            "shards 1, 3 of 3 are missing; make their parts, or ask for an answer without them"));
    }

    [Test]
    public async Task Open_ShardIsMissingAndMayBe_GivesAPartialAnswer()
    {
        await _folder.MapAsync(Program, () => Variables(Text), 3);
        using var parts = RlmParts.Open([_folder.Paths[0], _folder.Paths[2]], allowsMissing: true);
        var run = await ProgramRun.RunAsync(Session(parts), Program);

        Assert.That(parts.Missing, Is.EqualTo(new[] { 2 }));
        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("2", true)));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[]
        {
            "`notes.txt` is not read in full: shard 2 of 3 is missing, and what stands behind is numbered without its lines",
        }));
    }

    [TestCase("a log\n", false)]
    [TestCase("", true)]
    [TestCase(null, true)]
    public async Task Map_OntoAFileThatIsThere_ReplacesPartsAlone(string? content, bool isWritten)
    {
        string path = _folder.PathOf("there.part");
        if (content is null)
            await WriteAsync("there", Program, Text, new RlmShard(1, 2));
        else
            File.WriteAllText(path, content);

        var writing = WriteAsync("there", Program, Text, new RlmShard(1, 1));

        if (isWritten)
            await writing;
        else
            Assert.That(async () => await writing, Throws.TypeOf<IOException>().With.Message.Contains("is there, and is not the part of a shard"));
        Assert.That(File.ReadAllText(path).StartsWith("RLM part", StringComparison.Ordinal), Is.EqualTo(isWritten));
    }

    [Test]
    public async Task Open_PartsOfOthers_AreRefused()
    {
        string part = await WriteAsync("part", Program, Text, new RlmShard(1, 2));
        string program = await WriteAsync("program", "grep /6/ | count", Text, new RlmShard(2, 2));
        string text = await WriteAsync("text", Program, Text + "!", new RlmShard(2, 2));
        string count = await WriteAsync("count", Program, Text, new RlmShard(2, 3));
        string twice = await WriteAsync("twice", Program, Text, new RlmShard(1, 2));

        Assert.That(Message([part, program]), Is.EqualTo($"`{program}` and `{part}` are of two programs; make all parts with one"));
        Assert.That(Message([part, text]), Is.EqualTo(
            $"`{text}` and `{part}` are of texts that are not the same: `notes.txt` has {Text.Length + 1} bytes in the one and {Text.Length} in the other; make all parts from the same files, with the same times of their last change"));
        Assert.That(Message([part, count]), Is.EqualTo($"`{count}` is of shard 2/3, and `{part}` of 1/2; make all parts with one number of shards"));
        Assert.That(Message([part, twice]), Is.EqualTo($"`{part}` and `{twice}` are both of shard 1/2; leave one of them out"));
    }

    [Test]
    public async Task Open_DamagedPart_IsRefused()
    {
        string path = await WriteAsync("damaged", Program, Text, new RlmShard(1, 1));
        byte[] bytes = await File.ReadAllBytesAsync(path);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] other = [.. bytes];
            other[i] ^= 0x11;
            await File.WriteAllBytesAsync(path, other);
            Assert.That(() => RlmParts.Open([path]), Throws.TypeOf<TextException>(), $"byte {i}");
            await File.WriteAllBytesAsync(path, bytes[..i]);
            Assert.That(() => RlmParts.Open([path]), Throws.TypeOf<TextException>(), $"the first {i} bytes");
        }

        await File.WriteAllBytesAsync(path, [.. bytes, 0]);
        Assert.That(Message([path]), Is.EqualTo($"the part `{path}` is damaged or not whole; make it again"));
    }

    [Test]
    public void Open_NoPart_IsRefused()
    {
        string path = _folder.PathOf("notes.txt");
        File.WriteAllText(path, "no part at all, and longer than its mark");

        Assert.That(Message([path]), Is.EqualTo($"`{path}` is not the part of a shard; name the files that shards wrote"));
    }

    [Test]
    public async Task RequireProgram_OtherProgram_IsRefused()
    {
        string path = await WriteAsync("one", Program, Text, new RlmShard(1, 1));
        using var parts = RlmParts.Open([path]);
        var session = Session(parts);

        Assert.That(() => parts.RequireProgram(session.Compile("grep /6/ | count")), Throws.TypeOf<TextException>().With.Message.EqualTo(
            $"the part `{path}` is of another program; merge with the program that it was made with, or make all parts again"));
    }

    [Test]
    public async Task MapAsync_NoFolder_LeavesNothingAndSaysSo()
    {
        string path = _folder.PathOf("none/1.part");

        Assert.That(async () => await WriteAsync("none/1", Program, Text, new RlmShard(1, 1)), Throws.TypeOf<IOException>().With.Message.EqualTo(
            $"the part `{path}` cannot be written: its directory does not exist; make it, or name another file"));
    }

    [Test]
    public async Task MapAsync_PartIsThere_ReplacesItAndLeavesNothingBeside()
    {
        await WriteAsync("again", Program, "old", new RlmShard(1, 1));
        string path = await WriteAsync("again", Program, Text, new RlmShard(1, 1));

        using var parts = RlmParts.Open([path]);
        Assert.That((await ProgramRun.RunAsync(Session(parts), Program)).Answer, Is.EqualTo("4"));
        Assert.That(Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.tmp"), Is.Empty);
    }

    [Test]
    public async Task MapAsync_WhatAKilledProcessLeft_Goes()
    {
        string path = _folder.PathOf("killed.part"), left = $"{path}.{Guid.NewGuid():N}.tmp", other = $"{path}.own.tmp", held = $"{path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(left, "half");
        File.WriteAllText(other, "mine");
        using (new FileStream(held, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            await WriteAsync("killed", Program, Text, new RlmShard(1, 1));

        Assert.That((File.Exists(left), File.Exists(other), File.Exists(held)), Is.EqualTo((false, true, true)));
        File.Delete(other);
        File.Delete(held);
    }

    [TestCase("1/1", 1, 1)]
    [TestCase("64/64", 64, 64)]
    [TestCase("0/3", 0, 0)]
    [TestCase("4/3", 0, 0)]
    [TestCase("1", 0, 0)]
    [TestCase("1/2/3", 0, 0)]
    [TestCase("+1/2", 0, 0)]
    [TestCase("1/1000001", 0, 0)]
    [TestCase("a/b", 0, 0)]
    public void TryParse_Text_IsAShard(string text, int number, int count) =>
        Assert.That(RlmShard.TryParse(text), Is.EqualTo(number > 0 ? new RlmShard(number, count) : (RlmShard?)null));

    private async Task<string> WriteAsync(string name, string program, string text, RlmShard shard)
    {
        string path = _folder.PathOf($"{name}.part");
        var session = new RlmSession(new ScriptedChatClient(), Variables(text));
        await session.MapAsync(session.Compile(program), shard, path);
        return path;
    }

    private static RlmSession Session(RlmParts parts) => new(new ScriptedChatClient(), parts.Variables);

    private static IReadOnlyList<RlmVariable> Variables(string text) => [RlmVariable.Text("context", TextSource.FromString(text, "notes.txt"))];

    private static string Message(IReadOnlyList<string> paths) => Assert.Throws<TextException>(() => RlmParts.Open(paths))!.Message;
}
