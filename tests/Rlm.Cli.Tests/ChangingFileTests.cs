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

    [TestCase("context | grep /(a|b)+x/ | count")]
    [TestCase("context | lines | where it contains \"7\" | count")]
    [TestCase("context | extract \"{a} line\" | count by a | top 1 by count")]
    public async Task Run_FileIsTruncatedUnderTheScan_SaysSo(string program)
    {
        string binary = NativeBinary.Require(), path = TestFiles.NewFile("");
        int refused = 0, answered = 0;
        var random = new Random(7);
        for (int i = 0; i < 8; i++)
        {
            File.Copy(_whole, path, overwrite: true);
            long whole = new FileInfo(path).Length;
            using var process = NativeBinary.Start(binary, "run", "-q", "-e", program, "-c", path);
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(random.Next(5, 60));
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                file.SetLength((long)(whole * random.NextDouble() * 0.5));
            await process.WaitForExitAsync();

            Assert.That(process.ExitCode, Is.EqualTo(ExitCodes.Answered).Or.EqualTo(ExitCodes.Failed), await error);
            if (process.ExitCode == ExitCodes.Failed)
            {
                refused++;
                Assert.That(await error, Does.Contain("changed while it was read: it is shorter than before"));
                Assert.That(await output, Is.Empty);
            }
            else
            {
                answered++;
            }
        }

        TestContext.Out.WriteLine($"{program}: {refused} refused, {answered} answered");
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
