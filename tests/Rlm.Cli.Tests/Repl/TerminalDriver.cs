using System.Diagnostics;
using System.Runtime.Versioning;

namespace Rlm.Cli.Tests.Repl;

/// <summary>The native binary on a terminal, which Python makes.</summary>
[UnsupportedOSPlatform("windows")]
internal static class TerminalDriver
{
    /// <summary>Waits for a text and then types the next keys, pair after pair; prints all that the terminal shows.</summary>
    private const string Driver =
        """
        import fcntl, os, pty, select, signal, struct, sys, termios, time
        command, steps = sys.argv[1:sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1:]
        pid, terminal = pty.fork()
        if pid == 0:
            # Whoever runs the tests in the background ignores it, and so would the program.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execvp(command[0], command)
        shown, seen, limit = b"", 0, time.time() + 60
        def read(seconds):
            global shown
            if not select.select([terminal], [], [], seconds)[0]:
                return True
            try:
                more = os.read(terminal, 65536)
            except OSError:
                more = b""
            shown += more
            return bool(more)
        for wanted, keys in zip(steps[::2], steps[1::2]):
            while wanted.encode() not in shown[seen:]:
                if time.time() > limit or not read(0.1):
                    sys.exit("never shown: " + wanted + "\n" + shown.decode(errors="replace"))
            seen = shown.index(wanted.encode(), seen) + len(wanted.encode())
            os.write(terminal, keys.encode().decode("unicode_escape").encode("latin-1"))
        while time.time() < limit and read(0.1):
            pass
        sys.stdout.buffer.write(shown)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    /// <summary>Runs it with its state in a directory; each of the steps is a text that is waited for, and the keys that are pressed then.</summary>
    public static async Task<CliRun> RunAsync(string state, string[] args, params string[] steps)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Python makes terminals on Unix alone.");

        var start = new ProcessStartInfo("python3", ["-c", Driver, NativeBinary.Require(), .. args, "--", .. steps])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = state;
        start.Environment["TERM"] = "xterm";
        foreach (string name in (string[])["RLM_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"])
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, $"{output}\n{await error}", "");
    }
}
