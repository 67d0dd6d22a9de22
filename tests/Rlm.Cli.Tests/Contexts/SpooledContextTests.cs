using System.IO.Compression;

namespace Rlm.Cli.Tests.Contexts;

/// <summary>What the native binary keeps in its temporary folder, and what becomes of it where there is no room.</summary>
internal sealed class SpooledContextTests
{
    private const int UnpackedBytes = 64 << 20;

    private string _temporary = "";

    [SetUp]
    public void MakeFolder() => _temporary = TestFiles.NewDirectory();

    [TestCase("-c 'FILE'")]
    [TestCase("-c - < 'UNPACKED'")]
    public async Task Run_FileMayNotGrow_SaysSoAndLeavesNothing(string context)
    {
        string binary = NativeBinary.Require(), directory = TestFiles.NewDirectory();
        string packed = Path.Combine(directory, "zeros.gz"), unpacked = Path.Combine(directory, "zeros");
        await using (var stream = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            await stream.WriteAsync(new byte[UnpackedBytes]);
        await File.WriteAllBytesAsync(unpacked, new byte[UnpackedBytes]);

        // A file may grow to 20,000 blocks of 512 bytes.
        string arguments = context.Replace("FILE", packed, StringComparison.Ordinal)
            .Replace("UNPACKED", unpacked, StringComparison.Ordinal);
        var run = await NativeBinary.RunAsync(
            "/bin/sh", "-c", $"ulimit -f 20000; TMPDIR='{_temporary}' exec '{binary}' run -q -e 'lines | count' {arguments}");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")), run.Error);
        Assert.That(
            run.Error,
            Does.Contain(
                $"cannot be kept in the temporary folder `{_temporary}/`, where ").And.Contain("bytes of its text were read").And.Contain("TMPDIR"));
        Assert.That(Directory.GetFileSystemEntries(_temporary), Is.Empty);
        Directory.Delete(directory, recursive: true);
    }

    [Test]
    public async Task Run_NoTemporaryFolder_SaysSo()
    {
        string binary = NativeBinary.Require(), folder = Path.Combine(_temporary, "none");

        var run = await NativeBinary.RunAsync(
            "/bin/sh", "-c", $"head -c 6000000 /dev/zero | TMPDIR='{folder}' exec '{binary}' run -q -e 'lines | count' -c -");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")), run.Error);
        Assert.That(run.Error, Does.Contain($"`stdin` cannot be kept in the temporary folder `{folder}/`").And.Contain("TMPDIR"));
    }

    [Test]
    public async Task Run_DamagedEnd_LeavesNothing()
    {
        string binary = NativeBinary.Require(), packed = Path.Combine(TestFiles.NewDirectory(), "cut.br");
        using var bytes = new MemoryStream();
        await using (var stream = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            await stream.WriteAsync(new byte[UnpackedBytes]);
        await File.WriteAllBytesAsync(packed, bytes.ToArray()[..^1]);

        var run = await NativeBinary.RunAsync(
            "/bin/sh", "-c", $"TMPDIR='{_temporary}' exec '{binary}' run -q -e 'lines | count' -c '{packed}'");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")), run.Error);
        Assert.That(run.Error, Does.Contain($"`{packed}` is a damaged brotli file"));
        Assert.That(Directory.GetFileSystemEntries(_temporary), Is.Empty);
    }
}
