using System.Text;

namespace Rlm.Cli.CommandLine;

/// <summary>A program that reads files in place of rlm.</summary>
/// <param name="Extension">The end of the files' names, without its point.</param>
/// <param name="Words">The program and its arguments.</param>
internal sealed record LoaderArgument(string Extension, IReadOnlyList<string> Words)
{
    /// <summary>Stands for the file's path.</summary>
    public const string PathMark = "{}";

    /// <summary>Reads <c>EXT=COMMAND</c>; null where it is none.</summary>
    public static LoaderArgument? Read(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string extension = equals < 0 ? "" : text[..equals].Trim().TrimStart('.').ToLowerInvariant();
        return extension.Length > 0 && extension.AsSpan().IndexOfAny("/\\ ") < 0 && SplitWords(text[(equals + 1)..]) is { Count: > 0 } words && words[0].Length > 0
            ? new(extension, words)
            : null;
    }

    /// <summary>The words of a command, parted by blanks outside of quotes; null where a quote is open.</summary>
    private static List<string>? SplitWords(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char next = command[i];
            if (quote == '\0' ? next is '\'' or '"' : next == quote)
            {
                word ??= new();
                quote = quote == '\0' ? next : '\0';
            }
            else if (quote == '\0' && char.IsWhiteSpace(next))
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
            }
            else
            {
                // A backslash hides a blank, a quote or itself, and is a character before any other, as in a path of Windows.
                if (next == '\\' && quote != '\'' && i + 1 < command.Length && command[i + 1] is ' ' or '"' or '\'' or '\\')
                    next = command[++i];
                (word ??= new()).Append(next);
            }
        }

        if (word is not null)
            words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
