using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rlm.Cli.Runs;

/// <summary>A program beside this one, for what would make the binary of a command line much larger, such as a web server.</summary>
/// <param name="name">Its name.</param>
/// <param name="task">What it does, as in "the program that …".</param>
internal sealed class PartnerProgram(string name, string task)
{
    /// <summary>The one of <c>rlm serve</c>.</summary>
    public static PartnerProgram Server { get; } = new("rlm-server", "serves");

    /// <summary>The one of whatever has to do with workers.</summary>
    public static PartnerProgram Worker { get; } = new("rlm-worker", "works with queues of calls");

    /// <summary>Becomes that program, so that signals and the exit code are its own; on Windows, starts it and waits.</summary>
    /// <exception cref="IOException">It is not there, or does not start.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string path = FindPath() ?? throw MakeAbsence();
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

    /// <summary>Whether it is there.</summary>
    public bool IsThere => FindPath() is not null;

    /// <summary>What there is to say where it is not.</summary>
    public IOException MakeAbsence() => new(
        $"{Places[0]} is not there, the program that {task}: take it from the archive or the Debian package of the same release, and put it beside rlm");

    private string[] Places
    {
        get
        {
            string folder = Path.GetDirectoryName(Environment.ProcessPath) ?? "", file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
            // A release has an rlm for newer processors, too, in a folder of its own.
            return [Path.Combine(folder, file), Path.GetFullPath(Path.Combine(folder, "..", "..", "bin", file))];
        }
    }

    private string? FindPath() => Array.Find(Places, File.Exists);

    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint[] arguments);
}
