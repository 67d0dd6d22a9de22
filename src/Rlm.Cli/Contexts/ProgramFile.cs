using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Contexts;

/// <summary>Reads the program that is to be run or checked.</summary>
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
        if (path != "-" && Directory.Exists(path))
            throw new TextException($"the program {path} is a directory");

        try
        {
            using var reader = path == "-" ? new StreamReader(host.OpenInput()) : new StreamReader(path);
            return (await ReadAsync(reader, path, cancellationToken).ConfigureAwait(false), path == "-" ? "stdin" : path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException(
                exception is FileNotFoundException or DirectoryNotFoundException
                    ? IsProgram(path) ? $"there is no program file {path}; a program itself follows -e: -e '{path.Replace("'", "'\\''", StringComparison.Ordinal)}'" : $"the program {path}: no such file" : $"the program {path} cannot be read: {exception.Message}",
                exception);
        }
    }

    /// <summary>Whether the argument is a program rather than the name of a file that holds one.</summary>
    private static bool IsProgram(string argument) =>
        argument.Contains('|') || (argument.Contains(' ') && !RlmProgram.Compile(argument).HasErrors);

    private static async Task<string> ReadAsync(StreamReader reader, string path, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        char[] buffer = new char[16 * 1024];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MaxChars)
                throw new TextException($"the program {path} is larger than {MaxChars / 1024 / 1024} MB: texts belong in a context");
        }

        return text.ToString();
    }
}
