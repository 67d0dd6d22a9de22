using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rlm.Cli.Runs;

/// <summary>The program that serves, in a file of its own: a web server makes the binary of a command line half as large again.</summary>
internal static class ServerProgram
{
    private const string Name = "rlm-server";

    /// <summary>Becomes that program, so that signals and the exit code are its own; on Windows, starts it and waits.</summary>
    /// <exception cref="IOException">It is not there, or does not start.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Environment.ProcessPath) ?? "", file = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        // A release has an rlm for newer processors, too, in a folder of its own.
        string[] places = [Path.Combine(folder, file), Path.GetFullPath(Path.Combine(folder, "..", "..", "bin", file))];
        if (Array.Find(places, File.Exists) is not { } path)
        {
            throw new IOException(
                $"{places[0]} is not there, the program that serves: take it from the archive or the Debian package of the same release, and put it beside rlm");
        }

        if (!OperatingSystem.IsWindows())
        {
            _ = Execute(path, [.. new[] { path }.Concat(arguments).Select(Marshal.StringToCoTaskMemUTF8), 0]);
            throw new IOException($"{path} does not start: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        using var process = Process.Start(new ProcessStartInfo(path, arguments))
            ?? throw new IOException($"{path} does not start");
        // Ctrl-C reaches it as well, and it ends in good order.
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint[] arguments);
}
