using System.Diagnostics;

namespace Rlm.Packages.Tests;

/// <summary>Runs a command and gives what it wrote.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs it as from a shell of its own.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="file">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <returns>Its standard output; a code other than 0 ends the test with all that it wrote.</returns>
    public static async Task<string> RunAsync(string folder, string file, params string[] args)
    {
        var start = new ProcessStartInfo(file, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What a test run tells its own builds.
        foreach (string name in start.Environment.Keys.Where(IsOfTestRun).ToList())
            start.Environment.Remove(name);
        // A build server that outlives the command would keep the output of the test run open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{file} {string.Join(' ', args)}\n{output}\n{await error}");
        return output;
    }

    private static bool IsOfTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name is "NUGET_PACKAGES";
}
