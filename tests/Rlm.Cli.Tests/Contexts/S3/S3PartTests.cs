using System.Globalization;

namespace Rlm.Cli.Tests.Contexts.S3;

/// <summary>Parts that go to an object store, and are merged from there.</summary>
internal sealed class S3PartTests
{
    private const string Program = "grep /7/ | last 2 | map \"{line} {cite}\"";
    private const int Shards = 3;

    private S3Server _store = null!;

    [SetUp]
    public void Start() => _store = new S3Server();

    [TearDown]
    public void Stop()
    {
        _store.Dispose();
        Assert.That(_store.Faults, Is.Empty);
    }

    [Test]
    public async Task Merge_PartsInTheStore_GiveWhatARunGives()
    {
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(static line => string.Create(CultureInfo.InvariantCulture, $"{line,20}\n")));
        _store.Put("big.log", text);
        var whole = await _store.RunAsync("run", "-e", Program, "-c", "s3://logs/big.log");
        for (int i = 1; i <= Shards; i++)
        {
            _store.Requests.Clear();
            var map = await MapAsync(i, $"s3://logs/parts/{i}.part");
            Assert.That(map.Code, Is.EqualTo(ExitCodes.Answered), map.Error);
            // Its stretch, the start of the text, and the blocks that it is cut in. The first one looks here and there for what tokens are like.
            Assert.That(_store.CountAsked(), i == 1 ? Is.EqualTo(text.Length) : Is.LessThan((text.Length / Shards) + (4 * 65_536)));
        }

        string local = Path.Combine(TestFiles.NewDirectory(), "1.part");
        await MapAsync(1, local);

        Assert.That(whole.Code, Is.EqualTo(ExitCodes.Answered), whole.Error);
        foreach (string[] parts in new string[][] { ["s3://logs/parts/"], ["s3://logs/parts/*.part"], ["s3://logs/parts/3.part", local, "s3://logs/parts/2.part"] })
            Assert.That(await _store.RunAsync(["merge", "-e", Program, .. parts]), Is.EqualTo(whole));
        Assert.That(
            (await _store.RunAsync("merge", "-e", Program, "s3://logs/parts/2.part", "s3://logs/parts/1.part")).Error,
            Is.EqualTo("rlm: shard 3 of 3 is missing; make its part, or ask for an answer without it\n"));
        Assert.That(
            (await _store.RunAsync("merge", "-e", Program, "s3://logs/big.log")).Error,
            Is.EqualTo("rlm: `s3://logs/big.log` is not the part of a shard; name the files that shards wrote\n"));
        Assert.That(
            (await _store.RunAsync("merge", "-e", Program, "s3://logs/parts/*.none")).Error,
            Is.EqualTo("rlm: no part is like `s3://logs/parts/*.none`; name the files that shards wrote\n"));
    }

    [Test]
    public async Task Map_PlaceThatIsTaken_IsRefused()
    {
        _store.Put("big.log", "7\n");

        Assert.That((await MapAsync(1, "s3://logs/big.log")).Error, Is.EqualTo("rlm: `s3://logs/big.log` is there, and is not the part of a shard; name another key, so that nothing is lost\n"));
        Assert.That((await MapAsync(1, "s3://logs/parts/")).Error, Is.EqualTo("rlm: `s3://logs/parts/` names no object: write where the part goes, such as s3://logs/parts/3.part\n"));
        Assert.That(_store.Requests, Has.None.StartsWith("PUT"));

        Assert.That((await MapAsync(1, "s3://logs/1.part")).Code, Is.EqualTo(ExitCodes.Answered));
        Assert.That((await MapAsync(1, "s3://logs/1.part")).Code, Is.EqualTo(ExitCodes.Answered), "a part is written anew");
    }

    [TestCase(403)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task Map_PlaceThatIsNotTold_IsRefused(int status)
    {
        _store.Put("big.log", "7\n");
        _store.Put("taken", "text\n");
        _store.Before = context => context.Request.HttpMethod == "HEAD" && context.Request.RawUrl == "/logs/taken" && S3Server.Fail(context, status, "Odd");

        Assert.That((await MapAsync(1, "s3://logs/taken")).Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(_store.Requests, Has.None.StartsWith("PUT"));
    }

    [Test]
    public async Task Map_PutThatIsRefused_KeepsThePart()
    {
        _store.Put("big.log", "7\n");
        await MapAsync(1, "s3://logs/whole.part");
        _store.Before = context => context.Request.HttpMethod == "PUT" && S3Server.Fail(context, 403, "AccessDenied");

        var map = await MapAsync(1, "s3://logs/it's 1.part");

        Assert.That(map.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(map.Error, Does.StartWith("rlm: `s3://logs/it's 1.part` may not be used with these keys (AccessDenied)"));
        Assert.That(_store.Objects.Keys, Is.EquivalentTo(new[] { "big.log", "whole.part" }));
        Assert.That(await TakeKeptAsync(map, @"s3://logs/it'\''s 1.part"), Is.EqualTo(_store.Objects["whole.part"]));
    }

    [Test]
    public async Task Map_PlaceThatIsTakenMeanwhile_IsNotReplaced()
    {
        _store.Put("big.log", "7\n");
        _store.Before = context =>
        {
            if (context.Request.HttpMethod == "PUT")
                _store.Put("1.part", "somebody's\n");
            return false;
        };

        var map = await MapAsync(1, "s3://logs/1.part");

        Assert.That(map.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(map.Error, Does.StartWith("rlm: `s3://logs/1.part` was written by somebody else meanwhile; name another key, so that nothing is lost; "));
        Assert.That(_store.Objects["1.part"], Is.EqualTo("somebody's\n"u8.ToArray()));
        await TakeKeptAsync(map, "s3://logs/1.part");
    }

    [Test]
    public async Task Map_AnswerToAPutThatIsLost_IsPut()
    {
        _store.Put("big.log", "7\n");
        await MapAsync(1, "s3://logs/whole.part");
        byte[] part = _store.Objects["whole.part"];
        int puts = 0;
        _store.Before = context =>
        {
            if (context.Request.HttpMethod != "PUT" || Interlocked.Increment(ref puts) > 1)
                return false;
            _store.Objects["1.part"] = part;
            return S3Server.Fail(context, 500, "InternalError");
        };

        var map = await MapAsync(1, "s3://logs/1.part");

        Assert.That((map.Code, puts), Is.EqualTo((ExitCodes.Answered, 2)), map.Error);
    }

    /// <summary>What is in the part that was kept; it is removed.</summary>
    private static async Task<byte[]> TakeKeptAsync(CliRun map, string address)
    {
        string file = map.Error.Split("the part is kept in ")[1].Split(';')[0];
        Assert.That(map.Error, Does.EndWith($"; put it there with: aws s3 cp '{file}' '{address}'\n"));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        return bytes;
    }

    private Task<CliRun> MapAsync(int number, string part) => _store.RunAsync(
        "map", "-e", Program, "-c", "s3://logs/big.log", "--shard", string.Create(CultureInfo.InvariantCulture, $"{number}/{Shards}"), "-o", part);
}
