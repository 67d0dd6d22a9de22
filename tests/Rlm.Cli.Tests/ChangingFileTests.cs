using System.Globalization;

namespace Rlm.Cli.Tests;

/// <summary>Files that shrink, grow or vanish while the native binary reads them: an answer or a clear error, never a crash.</summary>
internal sealed class ChangingFileTests
{
    private const int Lines = 4_000_000;
    private const int Changes = 8;
    private const int MostScans = 4_096;

    private readonly Random _random = new(7);
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
    [TestCase("context | grep /zebra/ | count")]
    [TestCase("context | lines | count")]
    public async Task Run_FileIsTruncatedUnderTheScan_SaysSo(string pipeline)
    {
        string path = TestFiles.NewFile("");
        int scans = 1;
        for (int refused = 0; refused < Changes;)
        {
            var (run, isOpened) = await RunChangedAsync(pipeline, scans, path, () => Truncate(path));

            Assert.That(run.Code, Is.EqualTo(ExitCodes.Answered).Or.EqualTo(ExitCodes.Failed), run.Error);
            if (run.Code == ExitCodes.Failed)
            {
                refused++;
                Assert.That(isOpened, Is.True, run.Error);
                Assert.That(run.Error, Does.Contain("changed while it was read: it is shorter than before").Or.Contain(
                    "bytes of it were gone while it was read"));
                Assert.That(run.Output, Is.Empty);
            }
            else
            {
                scans = ScanLonger(scans);
            }
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Run_FileVanishesOrGrowsUnderTheScan_AnswersForWhatWasOpened(bool vanishes)
    {
        string path = TestFiles.NewFile("");
        for (int scans = 1, changed = 0; changed < Changes;)
        {
            var (run, isOpened) = await RunChangedAsync("context | lines | where it contains \"line\" | count", scans, path, () =>
            {
                if (vanishes)
                    File.Delete(path);
                else
                    File.AppendAllText(path, "one more line\n");
            });

            Assert.That(run.Code, Is.EqualTo(ExitCodes.Answered), run.Error);
            string[] counts = run.Output.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            Assert.That(counts, Has.Length.EqualTo(scans));
            Assert.That(
                counts.Distinct().Single(),
                Is.EqualTo(Lines.ToString(CultureInfo.InvariantCulture)).Or.EqualTo((Lines + 1).ToString(CultureInfo.InvariantCulture)));
            if (isOpened)
                changed++;
            else
                scans = ScanLonger(scans);
        }
    }

    /// <summary>
    /// Runs a pipeline over a copy of the file, so many times in one program, and makes the change once the file is open.
    /// </summary>
    /// <returns>What came of it, and whether the file was seen open; where the run was faster, it has to scan longer.</returns>
    private async Task<(CliRun Run, bool IsOpened)> RunChangedAsync(string pipeline, int scans, string path, Action change)
    {
        File.Copy(_whole, path, overwrite: true);
        string lets = string.Concat(Enumerable.Range(0, scans).Select(scan => $"let n{scan} = {pipeline}\n"));
        string program = $"{lets}answer \"{string.Join(' ', Enumerable.Range(0, scans).Select(scan => $"{{n{scan}}}"))}\"";
        using var process = NativeBinary.Start(NativeBinary.Require(), "run", "-q", "-e", program, "-c", path);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        bool isOpened = await OpenFiles.WaitForAsync(process, path);
        if (isOpened)
        {
            // Chooses the place of the change only: what it misses is met by a longer scan.
            await Task.Delay(_random.Next(20));
            change();
        }

        await process.WaitForExitAsync();
        return (new(process.ExitCode, await output, await error), isOpened);
    }

    private void Truncate(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        long whole = file.Length;
        file.SetLength((long)(whole * _random.NextDouble() * 0.5));
        // A file that has its length again has no longer its bytes.
        if (_random.Next(3) == 0)
            file.SetLength(whole);
    }

    /// <summary>Twice the scans, so that on any machine one is met in the end.</summary>
    private static int ScanLonger(int scans)
    {
        Assert.That(scans, Is.LessThan(MostScans), "no run met the change");
        return 2 * scans;
    }
}
