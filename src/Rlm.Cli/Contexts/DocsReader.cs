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

    private const int StartBytes = 512;
    private const int SearchBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WaitingPatience = TimeSpan.FromSeconds(3);

    private readonly DocsPool _waiting = new(WaitingPatience);

    private static ReadOnlySpan<byte> EncryptMark => "/Encrypt"u8;

    /// <summary>The reader that calls the program beside this one.</summary>
    public static DocsReader OfProcess() => new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), Patience);

    /// <summary>What tells the program from one of another release; null where there is none.</summary>
    public string? Identity => FindProgram() is { } program && new FileInfo(program) is { Exists: true } file
        ? Invariant($"{Name} {RlmCli.Version} {file.Length} {file.LastWriteTimeUtc.Ticks}")
        : null;

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => ReadableFile.ContentOf(path, start);

    public void Read(string path, Stream file, IRlmFileText text)
    {
        var waiting = file.CanSeek && !NeedsNewProgram(file) ? _waiting.Take() : null;
        if (waiting is not null && TryRead(waiting, path, file, text, isNew: false))
            return;

        // One that ended while it waited has told nothing of the file.
        if (waiting is not null)
            file.Position = 0;
        TryRead(Start(path), path, file, text, isNew: true);
    }

    /// <summary>Reads a file; false where a program that waited for it has ended before it told anything.</summary>
    private bool TryRead(WatchedProgram program, string path, Stream file, IRlmFileText text, bool isNew)
    {
        var records = new DocsRecords(text);
        bool hasBegun = false;
        try
        {
            program.EndAfter(patience);
            program.Feed(file, (fed, input) => DocsPieces.Write(NameOf(path), fed, input));
            while (!records.IsComplete && program.Output.ReadLine() is { } line)
            {
                hasBegun = true;
                program.EndAfter(patience);
                records.Take(line);
            }

            if (records.IsComplete || (!isNew && !hasBegun))
                return records.IsComplete;

            program.WaitForExit();
            if (program.FileFault is { } fault)
                throw fault;
            throw new InvalidDataException(program.IsLate
                ? Invariant($"`{Name}` took longer than {patience.TotalSeconds:0.###} s for a page of it")
                : $"`{Name}` broke off while it read it, with code {program.ExitCode}");
        }
        finally
        {
            if (records.IsComplete)
                _waiting.Add(program);
            else
                program.Dispose();
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

    private WatchedProgram Start(string path)
    {
        string program = FindProgram() ?? throw new InvalidDataException(
            $"`{Name}`, which reads it, is not in `{folder}`; put it there from the release that `rlm` is of "
            + $"(from source, `dotnet publish src/Rlm.Docs -c Release -o FOLDER`), or {FindOtherWay(Path.GetExtension(path))}");
        var start = new ProcessStartInfo(program, ["--records"]) { StandardOutputEncoding = new System.Text.UTF8Encoding(false) };

        // No keys of endpoints; where .NET is, for a build that needs it.
        foreach (string variable in start.Environment.Keys.Where(key => !key.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        try
        {
            var started = WatchedProgram.Start(start, hasChildren: false);
            started.PassOverErrors();
            return started;
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

    /// <summary>
    /// Whether a file is read by a program that has read none before: it loads what decrypts a PDF before it looks at its first file, and nothing
    /// then.
    /// </summary>
    private static bool NeedsNewProgram(Stream file)
    {
        byte[] buffer = new byte[SearchBytes];
        int length = file.ReadAtLeast(buffer.AsSpan(0, StartBytes), StartBytes, throwOnEndOfStream: false);
        bool isPdf = ReadableFile.IsPdf(buffer.AsSpan(0, length)), isEncrypted = false;
        while (isPdf && !isEncrypted)
        {
            isEncrypted = buffer.AsSpan(0, length).IndexOf(EncryptMark) >= 0;

            // What the buffer ends with may be the start of the word.
            int kept = Math.Min(length, EncryptMark.Length - 1);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            int count = file.Read(buffer.AsSpan(kept));
            length = kept + count;
            isPdf = count > 0;
        }

        file.Position = 0;
        return isEncrypted;
    }
}
