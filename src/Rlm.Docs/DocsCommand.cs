using System.Reflection;
using Rlm.Files;

namespace Rlm.Docs;

/// <summary>The command line of <c>rlm-docs</c>.</summary>
internal static class DocsCommand
{
    private const int WrongUsage = 2;
    private const int Failed = 5;
    private const int InputBytes = 64 * 1024;
    private const string OutOfMemory = "it takes more than 1 GiB of memory";

    // Long before the limit of a process, which would end it within a file.
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    private const string Usage =
        """
        rlm-docs reads PDF, Word, Excel, PowerPoint, EPUB, SQLite and mail. `rlm` calls it for contexts that are not texts.

        rlm-docs FILE             writes the text of FILE (- for stdin); pages, sheets, tables, slides, chapters and mails are parted by a form feed on a line
        rlm-docs --records NAME   writes the text of stdin, a file of that name, as JSON lines, with its places and what is missing
        rlm-docs --records        the same for many files, whose names and bytes come through stdin in pieces behind their lengths
        rlm-docs --version        writes the version
        rlm-docs --licenses       writes what it is linked of, and the licences

        It opens no other file and no socket, and takes at most 1 GiB of memory.
        Exit codes: 0 read, what is missing is told on stderr; 2 wrong usage; 5 nothing is read.

        """;

    private static string Version =>
        typeof(DocsCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static int Run(string[] arguments, Func<Stream> openInput, Stream output, TextWriter error)
    {
        try
        {
            switch (arguments)
            {
                case ["--records", var name]:
                    using (var input = openInput())
                        ReadAsRecords(input, name, output);
                    return 0;
                case ["--records"]:
                    using (var input = new BufferedStream(openInput(), InputBytes))
                        ReadManyAsRecords(input, output);
                    return 0;
                case ["--version"]:
                    Write(output, $"rlm-docs {Version}\n");
                    return 0;
                case ["--licenses"]:
                    using (var notices = typeof(DocsCommand).Assembly.GetManifestResourceStream("THIRD-PARTY-NOTICES")!)
                        notices.CopyTo(output);
                    return 0;
                case ["--help" or "-h"]:
                    Write(output, Usage);
                    return 0;
                case ["-"]:
                    using (var input = openInput())
                        return ReadAsText(input, "-", output, error);
                case [var path] when path is not ['-', ..]:
                    using (var input = File.OpenRead(path))
                        return ReadAsText(input, path, output, error);
                default:
                    error.Write(Usage);
                    return WrongUsage;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"rlm-docs: {Explain(exception, arguments[^1])}");
            return Failed;
        }
    }

    private static string Explain(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path} does not exist; check the path",
        UnauthorizedAccessException when Directory.Exists(path) =>
            $"{path} is a folder; name a file, or give the folder to `rlm`, as with `rlm run -e PROGRAM -c {path}`",
        _ => exception.Message,
    };

    /// <summary>Reads one file after the other, until the input ends or the process is worn.</summary>
    private static void ReadManyAsRecords(Stream input, Stream output)
    {
        bool isWorn = false;
        while (!isWorn && PieceStream.ReadName(input) is { } name)
        {
            using var file = new PieceStream(input);
            isWorn = ReadAsRecords(file, name, output) == OutOfMemory || Environment.CpuUsage.TotalTime > MostTime;
        }
    }

    private static string? ReadAsRecords(Stream input, string path, Stream output)
    {
        using var records = new RecordWriter(output);
        string? problem = Read(input, path, records);
        (input as PieceStream)?.PassOver();
        if (problem is not null)
            records.Fail(problem);
        else
            records.End();
        return problem;
    }

    private static int ReadAsText(Stream input, string path, Stream output, TextWriter error)
    {
        var text = new PlainWriter(output);
        string? problem = Read(input, path, text);
        foreach (string gap in text.Gaps)
            error.WriteLine($"rlm-docs: {path} is not read in full: {gap}");
        if (problem is null)
        {
            text.End();
            return 0;
        }

        error.WriteLine($"rlm-docs: {path} is not read: {problem}");
        return Failed;
    }

    /// <summary>Reads what is piped in; why nothing is read, or null.</summary>
    private static string? Read(Stream input, string path, IRlmFileText text)
    {
        try
        {
            var (start, content) = StartedFile.Of(input);
            using var pdf = ReadableFile.IsPdf(start) ? Hold(content) : null;
            Confinement.Enter(needsCryptography: pdf?.GetBuffer().AsSpan(0, (int)pdf.Length).IndexOf("/Encrypt"u8) >= 0);
            RlmFiles.Reader.Read(path, pdf ?? content, text);
            return null;
        }
        catch (OutOfMemoryException)
        {
            return OutOfMemory;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    private static MemoryStream Hold(Stream content)
    {
        var file = new MemoryStream();
        content.CopyTo(file);
        file.Position = 0;
        return file;
    }

    private static void Write(Stream output, string text) => output.Write(System.Text.Encoding.UTF8.GetBytes(text));
}
