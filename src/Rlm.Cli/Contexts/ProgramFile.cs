using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Contexts;

/// <summary>Reads the program that is to be run, checked or laid out.</summary>
internal static class ProgramFile
{
    // Far above what the parser takes, so that a long program gets its diagnostic and a wrong file does not fill memory.
    private const int MaxChars = 8 * 1024 * 1024;

    /// <summary>The text and what diagnostics call it; throws <see cref="TextException"/> for a file that cannot be read.</summary>
    public static async Task<(string Text, string Name)> ReadAsync(
        ProgramArgument argument, CliHost host, CancellationToken cancellationToken)
    {
        if (argument.Text is { } text)
            return (text, "program");

        string path = argument.Path!;
        if (path.Length == 0 || (path != "-" && !Path.Exists(path) && IsProgram(path)))
            return (path, "program");

        return await OpenAsync(path, async () =>
        {
            using var reader = path == "-" ? new StreamReader(host.OpenInput()) : new StreamReader(path);
            return (await ReadAsync(reader, path, cancellationToken).ConfigureAwait(false), path == "-" ? "stdin" : path);
        }).ConfigureAwait(false);
    }

    /// <summary>The text of a file that is to be written again; throws <see cref="TextException"/> for one that cannot be read as it is.</summary>
    public static Task<ProgramFileText> ReadExactlyAsync(string path, CancellationToken cancellationToken) => OpenAsync(path, async () =>
    {
        using var stream = File.OpenRead(path);
        if (!stream.CanSeek)
            throw new IOException("it is piped; write - for what is read from stdin");
        if (stream.Length > MaxChars)
            throw TooLarge(path);

        byte[] bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return ProgramFileText.Read(bytes, path);
    });

    /// <summary>Writes a file's text anew; throws <see cref="TextException"/> where that cannot be.</summary>
    public static async Task ReplaceAsync(ProgramFileText file, string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await file.ReplaceAsync(path, text, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"the program {path} cannot be written: {exception.Message}", exception);
        }
    }

    private static async Task<T> OpenAsync<T>(string path, Func<Task<T>> read)
    {
        if (path != "-" && Directory.Exists(path))
            throw new TextException($"the program {path} is a directory");

        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException(
                exception is FileNotFoundException or DirectoryNotFoundException
                    ? $"the program {path}: no such file"
                    : $"the program {path} cannot be read: {exception.Message}",
                exception);
        }
    }

    /// <summary>Whether the argument is a program rather than the name of a file that holds one.</summary>
    private static bool IsProgram(string argument) =>
        argument.Contains('|') || RlmProgram.Compile(argument) is { HasErrors: false } || BeginsAsProgram(argument);

    /// <summary>Whether it begins as a stage or a statement does, without the signs of a path: what a faulty program needs is its error, and not a word about files.</summary>
    private static bool BeginsAsProgram(string argument)
    {
        int end = argument.IndexOfAny([' ', ';', '\n']);
        string head = end < 0 ? argument : argument[..end];
        return !argument.AsSpan().ContainsAny('/', '\\', '.')
            && (RlmLanguage.Operators.Any(known => known.Name == head) || head is "let" or "show" or "answer");
    }

    private static async Task<string> ReadAsync(StreamReader reader, string path, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        char[] buffer = new char[16 * 1024];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MaxChars)
                throw TooLarge(path);
        }

        return text.ToString();
    }

    private static TextException TooLarge(string path) => new($"the program {path} is larger than {MaxChars / 1024 / 1024} MB: texts belong in a context");
}
