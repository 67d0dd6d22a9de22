using Rlm.Cli.Contexts.S3;

namespace Rlm.Cli.Tests.Contexts.S3;

/// <summary>What a key holds, where the store does not say it at once: nothing else is taken for it.</summary>
internal sealed class S3ObjectTests
{
    private const string Forbidden = "`s3://logs/a` may not be used with these keys; they need s3:GetObject, s3:ListBucket for a prefix, and s3:PutObject for a part";

    private S3Server _store = null!;

    [SetUp]
    public void Start() => _store = new S3Server();

    [TearDown]
    public void Stop()
    {
        _store.Dispose();
        Assert.That(_store.Faults, Is.Empty);
    }

    [TestCase(403, Forbidden)]
    [TestCase(500, "`s3://logs/a`: the object store answers 500")]
    [TestCase(503, "the object store is too busy, each time that it was asked for `s3://logs/a`; run again later, or with fewer at a time")]
    [TestCase(418, "`s3://logs/a`: the object store answers 418")]
    public async Task Run_KeyThatIsRefused_IsNotWhatLiesBelow(int status, string expected)
    {
        _store.Put("a/b", "other\n");
        RefuseHeads(status);

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/a");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Is.EqualTo($"rlm: {expected}\n"));
    }

    [Test]
    public async Task Run_KeyWhoseHeadIsForbidden_IsTheOneOfTheList()
    {
        _store.Put("a", "one\n");
        _store.Put("a/b", "two\n");
        RefuseHeads(403);

        var run = await _store.RunAsync("run", "lines | map \"{cite} {it}\"", "-c", "s3://logs/a");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, "s3://logs/a:1 one\n")), run.Error);
    }

    [Test]
    public async Task Run_LengthThatNoObjectHas_IsSaid()
    {
        _store.Before = static context =>
        {
            if (context.Request.HttpMethod != "HEAD")
                return false;
            context.Response.Headers["ETag"] = "\"1\"";
            context.Response.ContentLength64 = long.MaxValue;
            context.Response.Close();
            return true;
        };

        Assert.That(
            (await _store.RunAsync("run", "lines | count", "-c", "s3://logs/a")).Error,
            Is.EqualTo("rlm: `s3://logs/a`: the object store tells a length of 9,223,372,036,854,775,807 bytes, and no object has so many\n"));
    }

    [Test]
    public async Task Run_RefusalWithoutAnEnd_IsReadToABound()
    {
        _store.Before = static context =>
        {
            context.Response.StatusCode = 403;
            context.Response.SendChunked = true;
            context.Response.OutputStream.Write("<Error><Code>AccessDenied</Code>"u8);
            byte[] more = new byte[64 * 1024];
            // It ends with the connection.
            while (true)
                context.Response.OutputStream.Write(more);
        };

        Assert.That(
            (await _store.RunAsync("run", "lines | count", "-c", "s3://logs/in/")).Error,
            Does.StartWith("rlm: `s3://logs/in/` may not be used with these keys (AccessDenied)"));
    }

    [TestCase(0, 60)]
    [TestCase(100 << 20, 160)]
    public void PatienceOf_Bytes_GrowsWithThem(long sentBytes, int seconds) =>
        Assert.That(S3Answer.PatienceOf(sentBytes), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    private void RefuseHeads(int status) =>
        _store.Before = context => context.Request.HttpMethod == "HEAD" && S3Server.Fail(context, status, "Odd");
}
