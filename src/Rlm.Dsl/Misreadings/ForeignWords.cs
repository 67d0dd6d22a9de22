using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings;

/// <summary>What to write instead of a stage or a function that other languages have.</summary>
internal static class ForeignWords
{
    private const int MaxArgumentChars = 60;

    private static readonly Regex ArgumentPlace = new("\\bx\\b", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> Helps =
        new[] { SqlForms.Words, PandasForms.Words, ShellForms.Words, PythonForms.Words, KqlForms.Words, ChatForms.Words }
            .SelectMany(words => words)
            .SelectMany(row => row.Words.Split(' ').Select(word => (Word: word, row.Help)))
            .ToDictionary(row => row.Word, row => row.Help, StringComparer.Ordinal);

    /// <summary>Every word with its help.</summary>
    public static IReadOnlyDictionary<string, string> All => Helps;

    public static string? HelpFor(string word) => Helps.TryGetValue(word, out string? help) ? help : null;

    /// <summary>What to write instead of a call, with the call's own arguments where the help has a place for them.</summary>
    public static string? HelpForCall(string name, IReadOnlyList<string> arguments)
    {
        if (name.ToLowerInvariant() is "final" or "final_var" or "output" or "finish" or "submit" && arguments.Count > 0)
            return $"write `answer {arguments[0]}`";
        if (name is "print" or "show" or "display" or "echo" && arguments.Count > 0)
            return $"write `{arguments[0]}`: a pipeline's value is shown";

        string? help = HelpFor(name);
        if (help?.StartsWith("write `", StringComparison.Ordinal) != true || arguments.Count == 0 || arguments.Any(argument => argument.Length > MaxArgumentChars))
            return help;

        if (name is "substring" or "substr" && arguments.Count > 1)
            return $"write `slice({string.Join(", ", arguments)})`";

        string own = ArgumentPlace.Replace(help, _ => arguments[0]);
        return arguments.Count < 2 ? own : own.Replace("\"…\"", arguments[1]).Replace("/…/", arguments[1]);
    }
}

/// <summary>Stages and functions of other languages that are told the same.</summary>
/// <param name="Words">The words, with blanks between.</param>
/// <param name="Help">What to write instead; an <c>x</c> in it stands for the first argument of a call.</param>
internal readonly record struct ForeignWord(string Words, string Help);
