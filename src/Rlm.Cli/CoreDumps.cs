using System.Runtime.InteropServices;

namespace Rlm.Cli;

/// <summary>Images of a process that crashed, which would hold its keys.</summary>
/// <remarks>
/// Not by <c>prctl(PR_SET_DUMPABLE)</c>, which would also take <c>/dev/fd</c> away, and so contexts that a shell pipes in by
/// <c>&lt;(…)</c>.
/// </remarks>
internal static class CoreDumps
{
    private const int CoreSize = 4;

    /// <summary>
    /// Allows one byte from here on: the system writes no image that small, and hands none to a collector either, which a
    /// limit of 0 would not keep it from.
    /// </summary>
    public static void Forbid()
    {
        if (OperatingSystem.IsLinux())
            _ = SetLimit(CoreSize, new Limit { Now = 1, Most = 1 });
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nint Now;
        public nint Most;
    }
}
