using Rlm.Cli.Contexts.S3;

namespace Rlm.Cli.Tests.Contexts.S3;

/// <summary>Where keys, region and store come from.</summary>
internal sealed class S3SettingsTests
{
    private const string Credentials = """
        [default]
        aws_access_key_id = of-default
        aws_secret_access_key=secret=1

        # a session
        [work]
        aws_access_key_id = of-work
        aws_secret_access_key = secret2
        aws_session_token = token2
        """;

    private const string Config = """
        [default]
        region = eu-north-1
        s3 =
          region = no-region
        [profile work]
        region = eu-west-1
        endpoint_url = https://minio.example.com/s3
        [profile sso]
        sso_session = it
        [sso-session it]
        region = no-region
        """;

    [TestCase("", "of-default secret=1 - eu-north-1 -")]
    [TestCase("AWS_PROFILE=work", "of-work secret2 token2 eu-west-1 https://minio.example.com/s3")]
    [TestCase("AWS_PROFILE=work;AWS_REGION=r;AWS_ENDPOINT_URL=http://127.0.0.1:1", "of-work secret2 token2 r http://127.0.0.1:1/")]
    [TestCase("AWS_ACCESS_KEY_ID=i;AWS_SECRET_ACCESS_KEY=s;AWS_DEFAULT_REGION=d", "i s - d -")]
    [TestCase("AWS_ENDPOINT_URL=http://a;AWS_ENDPOINT_URL_S3=http://b", "of-default secret=1 - eu-north-1 http://b/")]
    [TestCase("AWS_PROFILE=none", "AWS_PROFILE names the profile `none`, which is neither in HOME/credentials nor in HOME/config")]
    [TestCase("AWS_PROFILE=sso", "the profile `sso` has its keys by sso_session, a way that rlm does not go; set them first, with: eval \"$(aws configure export-credentials --profile sso --format env)\"")]
    [TestCase("AWS_ACCESS_KEY_ID=i", "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not: set both, or neither for those of a profile")]
    [TestCase("AWS_SECRET_ACCESS_KEY=s", "AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not: set both, or neither for those of a profile")]
    [TestCase("AWS_ENDPOINT_URL=http://u:p@a", "the endpoint of the object store is not an http address without a password, such as https://minio.example.com: set AWS_ENDPOINT_URL_S3")]
    public void Read_VariablesAndFiles_AreTaken(string variables, string expected)
    {
        string folder = TestFiles.NewDirectory(), credentials = Path.Combine(folder, "credentials"), config = Path.Combine(folder, "config");
        File.WriteAllText(credentials, Credentials);
        File.WriteAllText(config, Config);

        Assert.That(
            Read($"{variables};AWS_SHARED_CREDENTIALS_FILE={credentials};AWS_CONFIG_FILE={config}").Replace(folder, "HOME", StringComparison.Ordinal), Is.EqualTo(expected));
    }

    [Test]
    public void Read_Home_HasTheFiles()
    {
        string home = TestFiles.NewDirectory();
        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        File.WriteAllText(Path.Combine(home, ".aws", "credentials"), Credentials);

        Assert.That(Read($"HOME={home}"), Is.EqualTo("of-default secret=1 - us-east-1 -"));
    }

    [Test]
    public void Read_NoKeys_SaysWhatToSet() => Assert.That(Read(""), Is.EqualTo(
        "there are no keys for s3:// addresses: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile of ~/.aws/credentials; what everybody may read has an https:// address"));

    [TestCase("logs", "a/b", "eu-west-1", null, "https://logs.s3.eu-west-1.amazonaws.com /a/b")]
    [TestCase("logs", "", "eu-west-1", null, "https://logs.s3.eu-west-1.amazonaws.com /")]
    [TestCase("my.logs", "a", "us-east-1", null, "https://s3.us-east-1.amazonaws.com /my.logs/a")]
    [TestCase("logs", "a", "cn-north-1", null, "https://logs.s3.cn-north-1.amazonaws.com.cn /a")]
    [TestCase("logs", "a", "r", "http://127.0.0.1:9000", "http://127.0.0.1:9000 /logs/a")]
    [TestCase("logs", "", "r", "https://a/s3/", "https://a /s3/logs")]
    public void Locate_BucketAndKey_AreAnAddress(string bucket, string key, string region, string? endpoint, string expected)
    {
        var (origin, path) = new S3Settings(new S3Keys("i", "s", null), region, endpoint is null ? null : new Uri(endpoint)).Locate(bucket, key);

        Assert.That($"{origin} {path}", Is.EqualTo(expected));
    }

    [TestCase("s3://b", "b", "")]
    [TestCase("s3://b/", "b", "")]
    [TestCase("S3://b/a/b c", "b", "a/b c")]
    [TestCase("s3:///a", null, null)]
    [TestCase("s3://id:secret@b/a", null, null)]
    public void Read_Address_IsBucketAndKey(string path, string? bucket, string? key)
    {
        Assert.That(S3Address.IsS3(path));
        if (bucket is not null)
            Assert.That(S3Address.Read(path), Is.EqualTo(new S3Address(bucket, key!)));
        else
            Assert.That(() => S3Address.Read(path), Throws.TypeOf<TextException>().With.Message.EqualTo("what stands behind s3:// is not the name of a bucket; write s3://BUCKET/KEY, without keys of access"));
    }

    private static string Read(string variables)
    {
        var set = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);
        try
        {
            var read = S3Settings.Read(name => set.GetValueOrDefault(name));
            return $"{read.Keys.Id} {read.Keys.Secret} {read.Keys.Token ?? "-"} {read.Region} {read.Endpoint?.ToString() ?? "-"}";
        }
        catch (TextException exception)
        {
            return exception.Message;
        }
    }
}
