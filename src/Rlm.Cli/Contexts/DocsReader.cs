using System.Diagnostics;
using Rlm.Files;

namespace Rlm.Cli.Contexts;

/// <summary>
/// Has files that are not texts be read by <c>rlm-docs</c>, a program beside this one, so that what attacks a reader is alone.
/// </summary>
/// <param name="folder">Where this program is.</param>
/// <param name="patience">How long it may take for a page.</param>
internal sealed class DocsReader(string folder, TimeSpan patience) : IRlmFileReader
{
    private const string Name = "rlm-docs";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The reader that calls the program beside this one.</summary>
    public static DocsReader OfProcess() => new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), Patience);

    /// <summary>What tells the program from one of another release; null where there is none.</summary>
    public string? Identity => FindProgram() is { } program && new FileInfo(program) is { Exists: true } file
        ? Invariant($"{Name} {RlmCli.Version} {file.Length} {file.LastWriteTimeUtc.Ticks}")
        : null;

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => ReadableFile.ContentOf(path, start);

    public void Read(string path, Stream file, IRlmFileText text)
    {
        using var process = Start(path);
        bool isLate = false;
        using var timer = TimeProvider.System.CreateTimer(
            _ =>
            {
                isLate = true;
                End(process);
            },
            null, patience, Timeout.InfiniteTimeSpan);
        var feeding = Task.Run(() => Feed(file, process.StandardInput.BaseStream));
        var records = new DocsRecords(text);
        try
        {
            while (!records.IsComplete && process.StandardOutput.ReadLine() is { } line)
            {
                records.Take(line);
                timer.Change(patience, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            // It reads no more, and its input ends with it.
            End(process);
            feeding.Wait();
        }

        process.WaitForExit();
        if (!records.IsComplete)
        {
            throw new InvalidDataException(isLate
                ? Invariant($"`{Name}` took longer than {patience.TotalSeconds:0.###} s for a page of it")
                : $"`{Name}` broke off while it read it, with code {process.ExitCode}");
        }
    }

    /// <summary>The file's name and the folder's that it is in, by which mails are told.</summary>
    public static string NameOf(string path) =>
        Path.Combine(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "", Path.GetFileName(path));

    /// <summary>The program beside this one, or in <c>bin</c> where this one is that of <c>lib/rlm</c>; null where there is none.</summary>
    private string? FindProgram()
    {
        string name = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        string twin = Path.Combine("lib", "rlm");
        string beside = Path.Combine(folder, name);
        return File.Exists(beside) ? beside
            : folder.EndsWith($"{Path.DirectorySeparatorChar}{twin}", StringComparison.Ordinal)
                && Path.Combine(folder[..^twin.Length], "bin", name) is var main && File.Exists(main) ? main
            : null;
    }

    private Process Start(string path)
    {
        string program = FindProgram() ?? throw new InvalidDataException(
            $"`{Name}`, which reads it, is not in `{folder}`; put it there from the release that `rlm` is of "
            + $"(from source, `dotnet publish src/Rlm.Docs -c Release -o FOLDER`), or {FindOtherWay(Path.GetExtension(path))}");
        var start = new ProcessStartInfo(program, ["--records", NameOf(path)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        };

        // No keys of endpoints; where .NET is, for a build that needs it.
        foreach (string variable in start.Environment.Keys.Where(key => !key.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidDataException($"`{program}`, which reads it, cannot be run: {exception.Message}", exception);
        }
    }

    private static string FindOtherWay(string extension) => extension switch
    {
        "" => "give its text on stdin, as with `COMMAND FILE | rlm … -c -`",
        ".pdf" => "name a program that gives its text, as with `--loader pdf='pdftotext {} -'`",
        _ => $"name a program that gives its text, as with `--loader {extension[1..]}='COMMAND {{}}'`",
    };

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It was waited for while the time ran out.
        }
    }

    private static void Feed(Stream file, Stream input)
    {
        try
        {
            using (input)
                file.CopyTo(input);
        }
        catch (IOException)
        {
            // What ended before it read all tells why, or broke off.
        }
    }
}
