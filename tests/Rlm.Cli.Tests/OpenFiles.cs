using System.Diagnostics;

namespace Rlm.Cli.Tests;

/// <summary>What Linux tells of the files of a process.</summary>
internal static class OpenFiles
{
    /// <summary>Waits until a process has a file open; false where it ended before that was seen.</summary>
    public static async Task<bool> WaitForAsync(Process process, string path)
    {
        while (!process.HasExited)
        {
            if (Has(process.Id, path))
                return true;
            await Task.Delay(1);
        }

        return false;
    }

    private static bool Has(int process, string path)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd")
                .Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.FullName == path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that was closed, or a process that ended, between two looks.
            return false;
        }
    }
}
