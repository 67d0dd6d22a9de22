namespace Rlm.Cli.Tests.Contexts.S3;

/// <summary>Lists that lack something, and look whole: none is taken.</summary>
internal sealed class S3ListTests
{
    private const string One = "<Contents><Key>in/1</Key><Size>2</Size><ETag>\"1\"</ETag></Contents>";
    private const string Two = "<Contents><ETag>\"2\"</ETag><Size>2</Size><Key>in/2</Key></Contents>";
    private const string Whole = "<IsTruncated>false</IsTruncated>";
    private const string More = "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>";
    private const string NoAnswer = "what came as a list is not an answer of S3, or not a whole one; check AWS_ENDPOINT_URL_S3, or run again";
    private const string OldList = "the object store gives a part of its list, and no way to the rest: it does not speak ListObjectsV2, which rlm needs";
    private const string Again = "the list of the object store has `in/1` again, or not in the order of keys, which rlm needs";

    private S3Server _store = null!;

    [SetUp]
    public void Start()
    {
        _store = new S3Server();
        _store.Put("in/1", "a\n");
        _store.Put("in/2", "b\n");
    }

    [TearDown]
    public void Stop()
    {
        _store.Dispose();
        Assert.That(_store.Faults, Is.Empty);
    }

    [TestCase("", NoAnswer)]
    [TestCase("<html><body>Log in<br></body></html>", NoAnswer)]
    [TestCase("<html><body>Log in</body></html>", NoAnswer)]
    [TestCase("<ListBucketResult>" + Whole + One, NoAnswer)]
    [TestCase("<ListBucketResult>" + Whole + One + "<Contents><Key>in/2</Key></ListBucketResult>", NoAnswer)]
    [TestCase("<ListBucketResult>" + One + "</ListBucketResult>", "the object store does not tell whether its list is whole: IsTruncated is ``")]
    [TestCase("<ListBucketResult><IsTruncated>1</IsTruncated>" + One + "</ListBucketResult>", "the object store does not tell whether its list is whole: IsTruncated is `1`")]
    [TestCase("<ListBucketResult><IsTruncated>true</IsTruncated>" + One + "</ListBucketResult>", OldList)]
    [TestCase("<ListBucketResult><IsTruncated> True\n</IsTruncated><NextContinuationToken/>" + One + "</ListBucketResult>", OldList)]
    [TestCase("<ListBucketResult>" + Whole + "<Contents/></ListBucketResult>", "the list of the object store has an object without Key, Size and ETag")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Size>2</Size><ETag>1</ETag></Contents>" + Two + "</ListBucketResult>", "the list of the object store has an object without Key")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Key>in/1</Key><ETag>1</ETag></Contents>" + Two + "</ListBucketResult>", "the list of the object store has `in/1` without Size")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Size>2</Size><Key>in/1</Key></Contents>" + Two + "</ListBucketResult>", "the list of the object store has `in/1` without ETag")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Key>in/1</Key><Size>-2</Size><ETag>1</ETag></Contents></ListBucketResult>", "the list of the object store has `in/1` with the Size `-2`, which is none")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Key>in/1</Key><Size>many</Size><ETag>1</ETag></Contents></ListBucketResult>", "the list of the object store has `in/1` with the Size `many`, which is none")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Key>in/1</Key><Size>99999999999999999999</Size><ETag>1</ETag></Contents></ListBucketResult>", "the list of the object store has `in/1` with the Size `99999999999999999999`, which is none")]
    [TestCase("<ListBucketResult>" + Whole + "<Contents><Key>x</Key><Size>2</Size><ETag>1</ETag></Contents></ListBucketResult>", "the list of the object store has `x`, which does not begin so")]
    [TestCase("<ListBucketResult>" + More + One + "</ListBucketResult>", Again)]
    [TestCase("<ListBucketResult>" + Whole + Two + One + "</ListBucketResult>", Again)]
    [TestCase("<ListBucketResult>" + More + "</ListBucketResult>", "the object store gives page after page of its list with nothing on it; run again later")]
    public async Task Run_ListThatIsNotWhole_Fails(string page, string expected)
    {
        _store.AnswerLists(page);

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/in/");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Is.EqualTo($"rlm: `s3://logs/in/`: {expected}\n"));
    }

    [Test]
    public async Task Run_ListInAnyOrderOfElements_IsRead()
    {
        string etag = await FindETagAsync("1"), other = await FindETagAsync("2");
        _store.AnswerLists(
            "<ListBucketResult><IsTruncated> TRUE </IsTruncated><NextContinuationToken>a</NextContinuationToken></ListBucketResult>",
            $"<ListBucketResult>{More}{One.Replace("\"1\"", etag, StringComparison.Ordinal)}</ListBucketResult>",
            $"<ListBucketResult>{Two.Replace("\"2\"", other, StringComparison.Ordinal)}<IsTruncated>False</IsTruncated></ListBucketResult>");

        var run = await _store.RunAsync("run", "lines | map \"{cite} {it}\"", "-c", "s3://logs/in/");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, "1:1 a\n2:1 b\n")), run.Error);
    }

    [Test]
    public async Task Run_KeyOfAFolderWithContent_IsToldAsLeftOut()
    {
        _store.Put("in/", "c\n");
        _store.Put("only/", "c\n");

        var run = await _store.RunAsync("run", "lines | count", "-c", "s3://logs/in/");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, "2\n")));
        Assert.That(run.Error, Is.EqualTo("rlm: `s3://logs/in/`: left out: keys that end with a slash, and hold something: 1, such as `in/`\nrlm: read: 2 lines\n"));
        Assert.That(
            (await _store.RunAsync("run", "lines | count", "-c", "s3://logs/only/")).Error,
            Is.EqualTo("rlm: `s3://logs/only/`: left out: keys that end with a slash, and hold something: 1, such as `only/`\n"));
    }

    private async Task<string> FindETagAsync(string name)
    {
        string? etag = null;
        _store.Before = context =>
        {
            etag ??= context.Request.Headers["If-Match"];
            return false;
        };
        await _store.RunAsync("run", "lines | count", "-c", $"s3://logs/in/{name}");
        return etag!;
    }
}
