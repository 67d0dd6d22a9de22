namespace Rlm.Cli.Tests;

/// <summary>Files that shrink, grow or vanish while the native binary reads them: an answer or a clear error, never a crash.</summary>
internal sealed class ChangingFileTests
{
    private const int Lines = 4_000_000;

    private string _whole = "";

    [OneTimeSetUp]
    public void WriteFile()
    {
        NativeBinary.Require();
        _whole = TestFiles.NewFile(string.Concat(Enumerable.Repeat("abababab line of text\n", Lines)));
    }

    [TestCase("context | grep /(a|b)+x/ | count", 60)]
    [TestCase("context | lines | where it contains \"7\" | count", 60)]
    [TestCase("context | extract \"{a} line\" | count by a | top 1 by count", 60)]
    [TestCase("context | grep /zebra/ | count", 24)]
    [TestCase("context | lines | count", 24)]
    public async Task Run_FileIsTruncatedUnderTheScan_SaysSo(string program, int mostMs)
    {
        string binary = NativeBinary.Require(), path = TestFiles.NewFile("");
        int refused = 0;
        var random = new Random(7);
        for (int attempt = 0; attempt < 8 || (refused == 0 && attempt < 80); attempt++)
        {
            File.Copy(_whole, path, overwrite: true);
            long whole = new FileInfo(path).Length;
            using var process = NativeBinary.Start(binary, "run", "-q", "-e", program, "-c", path);
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(random.Next(5, mostMs));
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                file.SetLength((long)(whole * random.NextDouble() * 0.5));
                // A file that has its length again has no longer its bytes.
                if (random.Next(3) == 0)
                    file.SetLength(whole);
            }

            await process.WaitForExitAsync();

            Assert.That(process.ExitCode, Is.EqualTo(ExitCodes.Answered).Or.EqualTo(ExitCodes.Failed), await error);
            if (process.ExitCode == ExitCodes.Failed)
            {
                refused++;
                Assert.That(await error, Does.Contain("changed while it was read: it is shorter than before").Or.Contain("bytes of it were gone while it was read"));
                Assert.That(await output, Is.Empty);
            }
        }

        Assert.That(refused, Is.GreaterThan(0), "no run met the change");
    }

    [Test]
    public async Task Run_FileVanishesOrGrowsUnderTheScan_AnswersForWhatWasOpened()
    {
        string binary = NativeBinary.Require(), path = TestFiles.NewFile("");
        File.Copy(_whole, path, overwrite: true);
        foreach (bool vanishes in new[] { false, true })
        {
            using var process = NativeBinary.Start(binary, "run", "-q", "-e", "context | lines | where it contains \"line\" | count", "-c", path);
            var output = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(30);
            if (vanishes)
                File.Delete(path);
            else
                await File.AppendAllTextAsync(path, "one more line\n");
            await process.WaitForExitAsync();

            Assert.That(process.ExitCode, Is.EqualTo(ExitCodes.Answered));
            Assert.That(int.Parse((await output).Trim(), System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(Lines).Or.EqualTo(Lines + 1));
        }
    }
}
