namespace Rlm.Runtime.Tests.Shards;

/// <summary>Texts of several owners. That programs give what they give over all of them is in <see cref="ShardedProgramsTests"/>.</summary>
internal sealed class RlmUnionTests
{
    private const string Program = "logs | grep /5/ | where it contains \"{word}\" | map \"{cite}\"";

    private readonly PartFolder _folder = new();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Open_Owners_NameTheirTextsAndTellWhatTheyHave()
    {
        using var union = RlmUnion.Open(Compile(Program), [await MapAsync("web2", "item 5"), await MapAsync("web1", "item 15", "item 4")]);
        var run = await ProgramRun.RunAsync(new RlmSession(new ScriptedChatClient(), union.Variables), Program);

        Assert.That(run.Events.OfType<ValueShown>().Single().Text, Is.EqualTo("web2:0.log:1\nweb1:0.log:1\n").Or.EqualTo("web2:0.log:1\nweb1:0.log:1"));
        Assert.That(union.Owners, Is.EqualTo(new RlmUnitedTexts[] { new("web2", 1, 6), new("web1", 2, 13) }));
        Assert.That(union.Doubts, Is.Empty);
    }

    [Test]
    public async Task Open_SameTextsTwice_AreDoubtful()
    {
        using var union = RlmUnion.Open(Compile(Program), [await MapAsync("a", "item 5"), await MapAsync("b", "item 6"), await MapAsync("c", "item 5"), await MapAsync("d"), await MapAsync("e")]);
        Assert.That(union.Doubts, Is.EqualTo(new[] { "`a` and `c` have the same texts, and each counts" }));
    }

    [Test]
    public async Task Open_WhatDoesNotFit_IsRefused()
    {
        var part = await MapAsync("a", "item 5");
        string other = _folder.PathOf("other.part");
        File.WriteAllText(other, "no part");
        var word = await _folder.MapOwnerAsync(Program, [Documents("item 5"), RlmVariable.Text("word", TextSource.FromString("other", "word"))], "word");
        var session = new RlmSession(new ScriptedChatClient(), Variables("item 5", "item 6"));
        await session.MapAsync(session.Compile(Program), new RlmShard(1, 2), _folder.PathOf("shard.part"));

        Assert.That(Refuse(Program, part, ("b", other)), Is.EqualTo("of `b` is not the part of a shard; name the files that shards wrote"));
        Assert.That(Refuse(Program, part, word), Is.EqualTo("the parts of `a` and `word` are of other variables"));
        Assert.That(Refuse(Program, ("b", _folder.PathOf("shard.part"))), Is.EqualTo("the part of `b` is of shard 1/2, and has to be of all of its texts"));
        Assert.That(Refuse("logs | count", part), Is.EqualTo("the part of `a` is of another program"));
        Assert.That(() => RlmUnion.Open(Compile(Program), []), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    /// <summary>A part whose hash is right, and whose numbers may be anything.</summary>
    [Test]
    public async Task Open_ForgedPart_IsRefusedByItsOwner()
    {
        var (_, path) = await MapAsync("forged", "item 5", "item 6", "item 15");
        byte[] whole = File.ReadAllBytes(path);
        int refused = 0;
        for (int at = 11; at < whole.Length - 16; at++)
        {
            byte[] forged = [.. whole];
            forged[at] ^= 0xff;
            System.IO.Hashing.XxHash128.Hash(forged.AsSpan(0, forged.Length - 16)).CopyTo(forged, forged.Length - 16);
            File.WriteAllBytes(path, forged);
            try
            {
                RlmUnion.Open(Compile(Program), [("web1", path)]).Dispose();
            }
            catch (TextException exception)
            {
                refused++;
                Assert.That(exception.Message, Does.Contain("`web1`").And.Not.Contain(path));
            }
        }

        Assert.That(refused, Is.GreaterThan(whole.Length / 4));
    }

    [Test]
    public async Task Map_FileGrowsMeanwhile_IsTakenAsItWas()
    {
        string log = _folder.PathOf("app.log"), path = _folder.PathOf("grown.part");
        File.WriteAllText(log, "item 5\nitem 6\n");
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Documents("logs", [TextSource.FromFile(log)]), Variables()[1]]);
        var program = session.Compile(Program);
        File.AppendAllText(log, "item 55\n");
        File.SetLastWriteTimeUtc(log, DateTime.UtcNow.AddMinutes(1));
        await session.MapAsync(program, new RlmShard(1, 1), path);
        using var union = RlmUnion.Open(program, [("web1", path)]);
        var run = await ProgramRun.RunAsync(new RlmSession(new ScriptedChatClient(), union.Variables), Program);

        Assert.That(run.Events.OfType<ValueShown>().Single().Text.TrimEnd(), Is.EqualTo($"web1:{log}:1"));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { $"`web1:{log}` is not read in full: it grew while it was read, and its first 14 bytes are taken" }));
        Assert.That(() => session.MapAsync(program, new RlmShard(1, 2), path), Throws.TypeOf<TextException>().With.Message.Contains("grew while it was read"));
        File.WriteAllText(log, "item 5\n");
        File.SetLastWriteTimeUtc(log, DateTime.UtcNow.AddMinutes(2));
        Assert.That(() => session.MapAsync(program, new RlmShard(1, 1), path), Throws.TypeOf<TextException>());
    }

    [TestCase(1_000, true)]
    [TestCase(100_000, false)]
    public void Map_MoreBytesThanAPartMayHave_IsTold(long most, bool isRefused)
    {
        string path = _folder.PathOf("large.part");
        var session = new RlmSession(new ScriptedChatClient(), [Documents(ProgramRun.Items(400))]);
        Task MapAsync() => session.MapAsync(session.Compile("logs | chunk 10 lines | count"), new RlmShard(1, 1), path, most);

        if (isRefused)
            Assert.That(MapAsync, Throws.TypeOf<TextException>().With.Message.Contains("the 1,000 bytes that a part may have: leave more lines out"));
        else
            Assert.That(MapAsync, Throws.Nothing);
        Assert.That(File.Exists(path), Is.EqualTo(!isRefused));
    }

    private Task<(string Owner, string Path)> MapAsync(string owner, params string[] texts) => _folder.MapOwnerAsync(Program, Variables(texts), owner);

    private static string Refuse(string program, params (string Owner, string Path)[] parts) =>
        Assert.Throws<TextException>(() => RlmUnion.Open(Compile(program), parts).Dispose())!.Message;

    private static RlmProgram Compile(string program) => new RlmSession(new ScriptedChatClient(), Variables()).Compile(program);

    private static IReadOnlyList<RlmVariable> Variables(params string[] texts) =>
        [Documents(texts), RlmVariable.Text("word", TextSource.FromString("item", "word"))];

    private static RlmVariable Documents(params string[] texts) =>
        RlmVariable.Documents("logs", [.. texts.Select((text, i) => TextSource.FromString(text, $"{i}.log"))]);
}
