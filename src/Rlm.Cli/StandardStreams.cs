using System.Runtime.InteropServices;

namespace Rlm.Cli;

/// <summary>Which of the standard streams the process was started with; a shell closes one by <c>&gt;&amp;-</c>.</summary>
/// <param name="HasInput">Whether there is something to read from.</param>
/// <param name="HasOutput">Whether an answer can be written.</param>
/// <param name="HasError">Whether anything can be told.</param>
internal readonly record struct StandardStreams(bool HasInput, bool HasOutput, bool HasError)
{
    private const int Input = 0, Output = 1, Error = 2;
    private const int GetFlags = 1, ClosedOnStart = 1, ReadOnly = 0, WriteOnly = 1;

    /// <summary>
    /// Looks before any file is opened, and fills the places of closed streams, so that no file takes their number
    /// and gets what is meant for them.
    /// </summary>
    public static StandardStreams Find() => OperatingSystem.IsWindows()
        ? new(true, true, true)
        : new(WasGiven(Input), WasGiven(Output), WasGiven(Error));

    private static bool WasGiven(int stream)
    {
        int flags = Control(stream, GetFlags);
        if (flags < 0)
            _ = Open("/dev/null", stream == Input ? WriteOnly : ReadOnly);

        // What is closed when a program starts was not there when this one did: the runtime has opened it.
        return flags >= 0 && (flags & ClosedOnStart) == 0;
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(int file, int command);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
