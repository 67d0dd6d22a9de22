using System.Diagnostics;

namespace Rlm.Cli.Tests;

/// <summary>The published native binary, which the variable RLM_NATIVE names.</summary>
internal static class NativeBinary
{
    /// <summary>Where it is; ends the test as not run where there is none.</summary>
    public static string Require()
    {
        string? path = Environment.GetEnvironmentVariable("RLM_NATIVE");
        if (string.IsNullOrEmpty(path))
            Assert.Ignore("RLM_NATIVE names no native binary.");
        return Path.GetFullPath(path!, TestFiles.Root);
    }

    /// <summary>Starts it with nothing in the environment that chooses a model.</summary>
    public static Process Start(string binary, params string[] args)
    {
        var start = new ProcessStartInfo(
            binary, args)
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in (string[])["RLM_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"])
            start.Environment.Remove(name);
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<CliRun> RunAsync(string binary, params string[] args)
    {
        using var process = Start(binary, args);
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
