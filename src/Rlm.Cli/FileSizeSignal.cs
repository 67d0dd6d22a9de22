using System.Runtime.InteropServices;

namespace Rlm.Cli;

/// <summary>The signal that ends a process whose file grows over the limit of sizes (<c>ulimit -f</c>).</summary>
internal static class FileSizeSignal
{
    private const int FileSizeExceeded = 25;
    private const nint Ignored = 1;

    /// <summary>Ignores it from here on, so that the write fails instead, with an error that can be told.</summary>
    /// <remarks>Not by a registration of .NET, which handles the signal only later and not while the process ends.</remarks>
    public static void Ignore()
    {
        if (!OperatingSystem.IsWindows())
            _ = Handle(FileSizeExceeded, Ignored);
    }

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint Handle(int signal, nint handler);
}
