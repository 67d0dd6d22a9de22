using Rlm.Cli.Contexts.S3;

namespace Rlm.Cli.Tests.Contexts.S3;

internal sealed class S3SignatureTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>get-vanilla, get-vanilla-query-order-key-case, get-utf8 and post-vanilla of the
    /// <see href="https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html">test suite of AWS</see>.</summary>
    [TestCase("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [TestCase("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [TestCase("GET", "/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [TestCase("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Sign_OfTheTestSuite_IsItsSignature(string method, string path, string query, string signature) => Assert.That(
        S3Signature.Sign(
            method, S3Signature.WritePath(path), S3Signature.WriteQuery(Read(query)),
            [("x-amz-date", "20150830T123600Z"), ("host", "example.amazonaws.com")], EmptyHash,
            new S3Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "us-east-1", "service", "20150830T123600Z"),
        Is.EqualTo($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}"));

    /// <summary>A stretch and a list, of <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">the examples
    /// for S3</see>.</summary>
    [TestCase("/test.txt", "", "bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [TestCase("/", "max-keys=2&prefix=J", null, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Sign_OfTheExamples_IsTheirSignature(string path, string query, string? range, string signature)
    {
        List<(string, string)> headers = [("host", "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", EmptyHash), ("x-amz-date", "20130524T000000Z")];
        if (range is not null)
            headers.Add(("range", range));

        Assert.That(
            S3Signature.Sign(
                "GET", path, S3Signature.WriteQuery(Read(query)), headers, S3Signature.EmptyHash,
                new S3Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null), "us-east-1", "s3", "20130524T000000Z"),
            Does.EndWith($", Signature={signature}"));
    }

    [TestCase("a/b c+d%~_-.ü", "a/b%20c%2Bd%25~_-.%C3%BC")]
    [TestCase("../a//b", "../a//b")]
    public void WritePath_Key_IsItsBytes(string key, string path) => Assert.That(S3Signature.WritePath(key), Is.EqualTo(path));

    private static IEnumerable<(string, string)> Read(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => (pair.Split('=')[0], pair.Split('=')[1]));
}
