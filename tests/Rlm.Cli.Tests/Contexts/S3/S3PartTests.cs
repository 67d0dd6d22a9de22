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

    [Test]
    public async Task Map_PutThatIsRefused_LeavesNothing()
    {
        _store.Put("big.log", "7\n");
        _store.Before = context => context.Request.HttpMethod == "PUT" && S3Server.Fail(context, 403, "AccessDenied");

        var map = await MapAsync(1, "s3://logs/1.part");

        Assert.That(map.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(map.Error, Does.StartWith("rlm: `s3://logs/1.part` may not be used with these keys (AccessDenied)"));
        Assert.That(_store.Objects.Keys, Is.EqualTo(new[] { "big.log" }));
    }

    private Task<CliRun> MapAsync(int number, string part) => _store.RunAsync(
        "map", "-e", Program, "-c", "s3://logs/big.log", "--shard", string.Create(CultureInfo.InvariantCulture, $"{number}/{Shards}"), "-o", part);
}
