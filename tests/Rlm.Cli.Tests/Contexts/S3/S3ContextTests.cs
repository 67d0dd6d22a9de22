using System.IO.Compression;
using System.Text;

namespace Rlm.Cli.Tests.Contexts.S3;

/// <summary>Contexts in an object store, over a real server on this machine that checks signatures.</summary>
internal sealed class S3ContextTests
{
    private const int ManyLines = 40_000;

    private S3Server _store = null!;

    private static string Many { get; } = string.Concat(Enumerable.Range(1, ManyLines).Select(static line => $"{line} {new string((char)('a' + (line % 26)), 60)}\n"));

    [SetUp]
    public void Start() => _store = new S3Server();

    [TearDown]
    public void Stop()
    {
        _store.Dispose();
        Assert.That(_store.Faults, Is.Empty);
    }

    [TestCase("lines | count", "40000\n")]
    [TestCase("lines | last 1 | map \"{line} {cite}\"", "40000 s3://logs/big.log:40000\n")]
    [TestCase("grep /^777 / | map \"{line}\"", "777\n")]
    [TestCase("let all = lines\nanswer all | grep /zzz/ | count", "1538\n")]
    public async Task Run_Object_IsOneTextInStretches(string program, string answer)
    {
        _store.Put("big.log", Many);

        var run = await _store.RunAsync("run", "-e", program, "-c", "s3://logs/big.log");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, answer)), run.Error);
        Assert.That(_store.Requests, Has.All.StartsWith("HEAD /logs/big.log").Or.StartsWith("GET /logs/big.log bytes="));
        // Nothing is read twice, whatever is asked.
        Assert.That(_store.CountAsked(), Is.EqualTo(Many.Length));
    }

    [Test]
    public async Task Run_FirstLines_ReadsNoMore()
    {
        _store.Put("big.log", Many);

        Assert.That((await _store.RunAsync("run", "lines | first 1", "-c", "s3://logs/big.log")).Output, Is.EqualTo(Many[..(Many.IndexOf('\n') + 1)]));
        Assert.That(_store.CountAsked(), Is.LessThan(300_000));
    }

    /// <summary>What a folder gives, a prefix gives: order, names, sizes, what is left out.</summary>
    [TestCase("map \"{name} {size}\"")]
    [TestCase("grep /b/ | count by name")]
    [TestCase("lines | map \"{cite} {it}\"")]
    public async Task Run_Prefix_IsAFolder(string program)
    {
        string folder = TestFiles.NewDirectory();
        foreach (var (name, text) in new[] { ("a/2.log", "b\nc\n"), ("a b+ü&.log", "b\n"), ("z", ""), ("a/1.log", "a\nb"), (".hidden/x", "b\n"), ("a-b.log", "b b\n"), ("bin", "a\0b") })
        {
            _store.Put($"in/{name}", text);
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text);
        }

        _store.Put("in/", "");
        _store.Put("in-other/1.log", "b\n");
        var expected = await CliRun.RunAsync("run", program, "-c", folder);

        foreach (string path in new[] { "s3://logs/in/", "s3://logs/in" })
        {
            var run = await _store.RunAsync("run", program, "-c", path);
            Assert.That(run with { Error = run.Error.Replace(path, folder, StringComparison.Ordinal) }, Is.EqualTo(expected));
        }
    }

    [TestCase("s3://logs/*.log", "a.log b.log")]
    [TestCase("s3://logs/**/*.log", "a.log b.log in/c.log")]
    [TestCase("s3://logs/in/?.log", "c.log")]
    [TestCase("s3://logs/", "a.log b.log in/c.log x.txt")]
    [TestCase("s3://logs", "a.log b.log in/c.log x.txt")]
    [TestCase("s3://logs/in/c", "c.log")]
    public async Task Run_SeveralKeys_AreDocuments(string path, string names)
    {
        foreach (string key in new[] { "a.log", "b.log", "in/c.log", "x.txt" })
            _store.Put(key, "t\n");

        var run = await _store.RunAsync("run", "map \"{name}\"", "-c", path);

        Assert.That(run.Output.TrimEnd('\n').Replace('\n', ' '), Is.EqualTo(names), run.Error);
    }

    [Test]
    public async Task Run_KeyThatOthersBeginWith_IsTheObject()
    {
        _store.Put("a", "one\n");
        _store.Put("a/b", "two\n");

        Assert.That((await _store.RunAsync("run", "lines | first 9", "-c", "s3://logs/a")).Output, Is.EqualTo("one\n"));
    }

    [Test]
    public async Task Run_PackedOrDocument_IsItsText()
    {
        _store.Objects["a.log.gz"] = Pack(Many);
        _store.Objects["in/a.pdf"] = PdfFile.Of("one", "two");
        _store.Objects["in/b.log"] = Pack("b\n");
        _store.Put("latin", "x\n");
        _store.Objects["latin"] = Encoding.Latin1.GetBytes("café\n");

        Assert.That((await _store.RunAsync("run", "lines | count", "-c", "s3://logs/a.log.gz")).Output, Is.EqualTo($"{ManyLines}\n"));
        Assert.That((await _store.RunAsync("run", "lines | map \"{cite} {it}\"", "-c", "s3://logs/in/")).Output, Is.EqualTo("a.pdf:p1 one\na.pdf:p2 \f\na.pdf:p2 two\nb.log:1 b\n"));
        Assert.That((await _store.RunAsync("run", "lines | map \"{cite} {it}\"", "-c", "s3://logs/in/a.pdf")).Output, Does.StartWith("s3://logs/in/a.pdf:p1 one\n"));
        Assert.That((await _store.RunAsync("run", "lines | first 1", "-c", "s3://logs/latin", "--encoding", "latin1")).Output, Is.EqualTo("café\n"));
    }

    [Test]
    public async Task Run_LoaderThatTakesAPath_ReadsACopy()
    {
        _store.Put("a.odd", "one\ntwo\n");

        var run = await _store.RunAsync("run", "lines | map \"{it}\"", "-c", "s3://logs/a.odd", "--loader", "odd=grep two {}");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, "two\n")), run.Error);
    }

    [Test]
    public async Task Run_ConnectionsThatAreCut_AreReadOn()
    {
        _store.Put("big.log", Many);
        _store.CutAfter = 200_001;

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/big.log");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, $"{ManyLines}\n")), run.Error);
    }

    [Test]
    public async Task Run_NothingComes_Fails()
    {
        _store.Put("big.log", Many);
        _store.CutAfter = 0;

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/big.log");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.StartWith("rlm: `s3://logs/big.log` cannot be read: "));
    }

    [Test]
    public async Task Run_BusyStore_IsAskedAgain()
    {
        _store.Put("a", "one\n");
        int asked = 0;
        _store.Before = context => Interlocked.Increment(ref asked) % 3 != 0 && S3Server.Fail(context, 503, "SlowDown");

        Assert.That((await _store.RunAsync("run", "lines | count", "-c", "s3://logs/a")).Output, Is.EqualTo("1\n"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Run_ObjectThatChanges_IsTold(bool isHeedless)
    {
        _store.Put("big.log", Many);
        _store.IsHeedless = isHeedless;
        int stretches = 0;
        _store.Before = context =>
        {
            if (context.Request.HttpMethod == "GET" && Interlocked.Increment(ref stretches) == 2)
                _store.Put("big.log", Many + "more\n");
            return false;
        };

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/big.log");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(
            run.ErrorLines[0],
            Is.EqualTo("error RLM5003: `s3://logs/big.log` changed while it was read: it was written to; run again when it is complete"));
    }

    [TestCase(403, "AccessDenied", "`s3://logs/a` may not be used with these keys (AccessDenied); they need s3:GetObject, s3:ListBucket for a prefix, and s3:PutObject for a part")]
    [TestCase(403, "InvalidAccessKeyId", "the object store does not know the access key; check AWS_ACCESS_KEY_ID, or the profile")]
    [TestCase(403, "RequestTimeTooSkewed", "the clock of this machine is too far from that of the object store; set it")]
    [TestCase(400, "ExpiredToken", "the session of the keys has expired; get new ones, and run again")]
    [TestCase(400, "AuthorizationHeaderMalformed", "the bucket `logs` is in eu-west-1, and us-east-1 was asked for it; set AWS_REGION=eu-west-1")]
    [TestCase(301, "PermanentRedirect", "the bucket `logs` is in eu-west-1, and us-east-1 was asked for it; set AWS_REGION=eu-west-1")]
    [TestCase(404, "NoSuchBucket", "there is no bucket `logs`; check its name, and AWS_ENDPOINT_URL_S3 for a store that is not of AWS")]
    [TestCase(503, "SlowDown", "the object store is too busy, each time that it was asked for `s3://logs/a`; run again later, or with fewer at a time")]
    [TestCase(418, "Odd", "`s3://logs/a`: the object store answers 418 (Odd) (no, …)")]
    public async Task Run_Refused_SaysWhatToDo(int status, string code, string expected)
    {
        _store.Before = context => S3Server.Fail(
            context, status, code, code == "AuthorizationHeaderMalformed" ? "<Region>eu-west-1</Region>" : "", code == "PermanentRedirect" ? "eu-west-1" : null);

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/a");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error.Replace("s3://logs/a/", "s3://logs/a", StringComparison.Ordinal), Is.EqualTo($"rlm: {expected}\n"));
    }

    [Test]
    public async Task Run_NoSuchKey_IsSaid() => Assert.That(
        (await _store.RunAsync("run", "lines | count", "-c", "s3://logs/nope")).Error,
        Is.EqualTo("rlm: `s3://logs/nope` does not exist: there is no such key, and none that begins so\n"));

    [Test]
    public async Task Run_OtherSecret_IsRefused()
    {
        var run = await new CliSetup { Environment = new Dictionary<string, string>(_store.Environment) { ["AWS_SECRET_ACCESS_KEY"] = "other-secret" } }
            .RunAsync(["run", "lines | count", "-c", "s3://logs/a"]);

        Assert.That(run.Error, Is.EqualTo("rlm: the object store refuses the signature; check AWS_SECRET_ACCESS_KEY, or the profile\n"));
        Assert.That(_store.Faults, Is.Not.Empty);
        _store.Faults.Clear();
    }

    [Test]
    public async Task Run_Journal_MarksByETagAndKeepsNoKey()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        _store.Put("big.log", Many);
        string[] line = ["run", "lines | first 1", "-c", "s3://logs/big.log", "--journal", journal];

        await _store.RunAsync(line);
        string mark = Find(journal);
        Assert.That(_store.CountAsked(), Is.LessThan(300_000), "a mark reads nothing");
        File.Delete(journal);
        await _store.RunAsync(line);
        Assert.That(Find(journal), Is.EqualTo(mark));
        Assert.That(await File.ReadAllTextAsync(journal), Does.Not.Contain(S3Server.KeyId).And.Not.Contain(S3Server.Secret).And.Not.Contain(S3Server.Token));
        var resumed = await _store.RunAsync("run", "lines | first 1", "-c", "s3://logs/big.log", "--journal", journal, "--resume");
        Assert.That(resumed.Code, Is.EqualTo(ExitCodes.Answered), resumed.Error);

        // As long as before.
        _store.Put("big.log", Many[..^1] + ".");
        File.Delete(journal);
        await _store.RunAsync(line);
        Assert.That(Find(journal), Is.Not.EqualTo(mark));
    }

    private static string Find(string journal) =>
        File.ReadLines(journal).Single(static line => line.Contains("\"context\"", StringComparison.Ordinal) && line.Contains("\"hash\"", StringComparison.Ordinal)).Split("\"hash\":")[1].Split('"')[1];

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
