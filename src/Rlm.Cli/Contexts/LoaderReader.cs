using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Contexts;

/// <summary>Has files be read by programs that the user names, by the ends of their names.</summary>
/// <param name="loaders">The programs; the first of an extension holds.</param>
/// <param name="patience">How long one may take for a file.</param>
internal sealed class LoaderReader(IReadOnlyList<LoaderArgument> loaders, TimeSpan patience) : IRlmFileReader
{
    private const int MaxReasonChars = 300;
    private const int BufferChars = 64 * 1024;
    private const string RecordStart = "{\"rlm-docs\":";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The reader of some loaders; null for none.</summary>
    public static LoaderReader? Of(IReadOnlyList<LoaderArgument> loaders) => loaders.Count == 0 ? null : new(loaders, Patience);

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => Find(path) is null ? null : RlmFileContent.Text;

    public string IdentityOf(string path) => string.Join('\0', Find(path)?.Words ?? []);

    public void Read(string path, Stream file, IRlmFileText text)
    {
        var loader = Find(path)!;
        string name = loader.Words[0];
        using var copy = NamesFile(loader) && file is not FileStream ? LoaderCopy.Of(file, path) : null;
        using var program = Start(loader, copy?.Path ?? Path.GetFullPath(path));
        program.EndAfter(patience);
        var lastWords = Task.Run(() => ReadLastLine(program.Error));
        program.Feed(file, (fed, input) => Feed(loader, fed, input));
        bool isComplete = false;
        try
        {
            isComplete = Copy(program.Output, text);
            program.WaitForExit();
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"what `{name}` prints is not UTF-8; have it print UTF-8", exception);
        }

        if (program.FileFault is { } fault)
            throw fault;
        if (program.IsLate)
            throw new InvalidDataException(Invariant($"`{name}` took longer than {patience.TotalSeconds:0.###} s for it"));
        if (program.ExitCode != 0)
        {
            string reason = lastWords.Result is { Length: > 0 } line ? $": {line}" : "";
            throw new InvalidDataException(Invariant($"`{name}` ended with code {program.ExitCode}{reason}"));
        }

        if (!isComplete)
            throw new InvalidDataException($"`{name}` broke off before its last record");
    }

    private LoaderArgument? Find(string path) =>
        loaders.FirstOrDefault(loader => path.EndsWith($".{loader.Extension}", StringComparison.OrdinalIgnoreCase));

    private static WatchedProgram Start(LoaderArgument loader, string path)
    {
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        string program = LoaderEnvironment.FindProgram(loader.Words[0], Environment.GetEnvironmentVariable("PATH"))
            ?? throw new TextException(
                $"`{loader.Words[0]}`, which {OptionCatalog.Loader.Name} {loader.Extension} names, is not on PATH; install it, or write its path");
        var start = new ProcessStartInfo(
            program, loader.Words.Skip(1).Select(word => word.Replace(LoaderArgument.PathMark, path, StringComparison.Ordinal)))
        {
            StandardOutputEncoding = utf8,
        };
        LoaderEnvironment.RemoveSecrets(start.Environment);
        try
        {
            return WatchedProgram.Start(start, hasChildren: true);
        }
        catch (Win32Exception exception)
        {
            throw new TextException(
                $"`{loader.Words[0]}`, which {OptionCatalog.Loader.Name} {loader.Extension} names, cannot be run: {exception.Message}", exception);
        }
    }

    /// <summary>Hands the text on. False where it was records, and the last was missing.</summary>
    private static bool Copy(StreamReader output, IRlmFileText text)
    {
        char[] buffer = new char[BufferChars + 1];
        int count = output.ReadBlock(buffer, 0, RecordStart.Length);
        if (buffer.AsSpan(0, count).SequenceEqual(RecordStart))
            return CopyRecords(RecordStart + output.ReadLine(), output, text);

        bool isEmpty = count == 0;
        for (; count > 0; count = output.Read(buffer, 0, BufferChars))
        {
            // Half of a surrogate pair waits for the other.
            if (char.IsHighSurrogate(buffer[count - 1]) && output.Read(buffer, count, 1) is 1)
                count++;
            text.Write(new string(buffer, 0, count));
        }

        if (isEmpty)
            text.AddGap("its loader printed no text");
        return true;
    }

    private static bool CopyRecords(string first, StreamReader output, IRlmFileText text)
    {
        var records = new DocsRecords(text);
        for (string? line = first; line is not null; line = output.ReadLine())
        {
            if (records.IsComplete)
                throw new InvalidDataException("something stands behind the last record that its loader printed");
            records.Take(line);
        }

        return records.IsComplete;
    }

    /// <summary>The last line that is not blank, cut and without control characters.</summary>
    private static string ReadLastLine(StreamReader error)
    {
        string last = "";
        var line = new StringBuilder();
        char[] buffer = new char[BufferChars];
        for (int count; (count = error.Read(buffer, 0, buffer.Length)) > 0;)
        {
            foreach (char next in buffer.AsSpan(0, count))
            {
                if (next != '\n')
                {
                    if (line.Length < MaxReasonChars)
                        line.Append(next);
                    continue;
                }

                last = string.IsNullOrWhiteSpace(line.ToString()) ? last : line.ToString();
                line.Clear();
            }
        }

        string words = string.IsNullOrWhiteSpace(line.ToString()) ? last : line.ToString();
        return string.Concat(words.Select(next => char.IsControl(next) ? ' ' : next)).Trim();
    }

    private static void Feed(LoaderArgument loader, Stream file, Stream input)
    {
        using (input)
        {
            if (!NamesFile(loader))
                file.CopyTo(input);
        }
    }

    private static bool NamesFile(LoaderArgument loader) =>
        loader.Words.Any(word => word.Contains(LoaderArgument.PathMark, StringComparison.Ordinal));
}
