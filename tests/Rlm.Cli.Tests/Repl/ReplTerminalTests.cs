using System.Diagnostics;
using System.Runtime.Versioning;

namespace Rlm.Cli.Tests.Repl;

/// <summary>The native binary on a terminal, which Python makes.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ReplTerminalTests
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

    [Test]
    public async Task Run_Keys_EditCompleteAndRecallLines()
    {
        string state = TestFiles.NewDirectory();
        var run = await DriveAsync(
            state, [],
            "rlm> ", "let total = line\\x7fes | coun\\t\\r",
            "rlm> ", "tot\\t * 100\\r",
            "300", "\\x1b[A\\x1b[D\\x1b[D\\x1b[D5\\r",
            "15300", "lines |\\r",
            "...> ", "last\\r",
            "rlm> ", ":quit\\r");

        Assert.That(run.Code, Is.Zero, run.Output);
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(state, "rlm", "history")),
            Is.EqualTo(new[] { "let total = lines | count", "total * 100", "total * 5100", "lines | last", ":quit" }));
        Assert.That(File.GetUnixFileMode(Path.Combine(state, "rlm", "history")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Run_ControlC_StopsTheStageAndNotTheSession()
    {
        await using var server = new LoopbackModelServer(request =>
            request.LastUserText.Contains("Slow", StringComparison.Ordinal) ? LoopbackReply.Hang() : "fast");
        string state = TestFiles.NewDirectory();
        var run = await DriveAsync(
            state, ["-m", "test-model", "--base-url", server.OpenAiUrl.ToString()],
            "rlm> ", "let n = lines | count\\r",
            "rlm> ", "half a line\\x03",
            "rlm> ", "n | llm \\\"Slow?\\\"\\r",
            "0/1", "\\x03",
            "stopped", "n * 7\\r",
            "21", "n | llm \\\"Quick?\\\"\\r",
            "fast", "\\x04");

        Assert.That(run.Code, Is.Zero, run.Output);
    }

    private static async Task<CliRun> DriveAsync(string state, string[] options, params string[] steps)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Python makes terminals on Unix alone.");

        string binary = NativeBinary.Require();
        var start = new ProcessStartInfo("python3", ["-c", Driver, binary, "repl", "-c", TestFiles.NewFile("a\nb\nc\n"), .. options, "--", .. steps])
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
