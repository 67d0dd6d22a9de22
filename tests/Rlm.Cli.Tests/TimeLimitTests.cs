namespace Rlm.Cli.Tests;

/// <summary>The time limit holds from the start of a command: for its input and for one long computation, too.</summary>
internal sealed class TimeLimitTests
{
    // The file has no blocks on the disk: one line of NULs.
    private const long LongLineBytes = 1_000_000_000;

    [Test]
    public async Task RunAsync_InputNeverEnds_EndsWithTheLimit()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => new EndlessStream(), IsInputRedirected = true, Output = TextWriter.Null, Error = error };

        int code = await RlmCli.RunAsync(["run", "-e", "lines | count", "--timeout", "100ms"], host);

        Assert.That(code, Is.EqualTo(ExitCodes.LimitReached));
        Assert.That(error.ToString(), Is.EqualTo("rlm: the time limit of 0.1 s is over (--timeout) while the input was read\n"));
    }

    [TestCase("upper(context) | length")]
    [TestCase("replace(context, /./, \"ab\") | length")]
    [TestCase("context | words | count")]
    [TestCase("context | lines | sort | first 1")]
    [TestCase("context | extract /(?<x>b+)/ | count")]
    [TestCase("context | parse markdown | length")]
    [TestCase("answer \"{context}{context}\"")]
    public async Task Run_OneHugeValue_EndsWithTheLimit(string program)
    {
        string binary = NativeBinary.Require(), path = Path.Combine(TestFiles.NewDirectory(), "long.txt");
        await using (var file = File.Create(path))
            file.SetLength(LongLineBytes);

        var run = await NativeBinary.RunAsync(binary, "run", "-q", "--timeout", "200ms", "-e", program, "-c", path);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.LimitReached, "")), run.Error);
        Assert.That(run.Error, Does.Contain("the time limit of 0.2 s is over (--timeout)"));
    }

    private sealed class EndlessStream : Stream
    {
        private readonly ManualResetEventSlim _never = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            _never.Wait();
            return 0;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
