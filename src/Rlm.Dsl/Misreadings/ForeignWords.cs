using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings;

/// <summary>What to write instead of the stages, functions, names and types that other languages have.</summary>
internal static class ForeignWords
{
    private const int MaxArgumentChars = 60;

    private static readonly Regex ArgumentPlace = new("\\bx\\b", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> Helps =
        ByWord(SqlForms.Words, PandasForms.Words, ShellForms.Words, PythonForms.Words, KqlForms.Words, ChatForms.Words);

    /// <summary>Every stage and function with its help.</summary>
    public static IReadOnlyDictionary<string, string> All => Helps;

    /// <summary>Functions whose help is made of their arguments: an <c>x</c> stands for the first one.</summary>
    public static IReadOnlyDictionary<string, string> Calls { get; } = ByWord(PythonForms.Calls, ChatForms.Calls);

    /// <summary>Types, each with ours.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = ByWord(PythonForms.Types);

    /// <summary>Names of what is <c>it</c> here.</summary>
    public static IReadOnlyCollection<string> ItemNames { get; } = PythonForms.ItemNames.Split(' ');

    public static string? HelpFor(string word) => Helps.TryGetValue(word, out string? help) ? help : null;

    /// <summary>What to write instead of a call, with the call's own arguments where the help has a place for them.</summary>
    public static string? HelpForCall(string name, IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0 && Calls.TryGetValue(name.ToLowerInvariant(), out string? form))
            return ArgumentPlace.Replace(form, _ => arguments[0]);

        string? help = HelpFor(name);
        if (help?.StartsWith("write `", StringComparison.Ordinal) != true || arguments.Count == 0 || arguments.Any(argument => argument.Length > MaxArgumentChars))
            return help;

        string own = ArgumentPlace.Replace(help, _ => arguments[0]);
        return arguments.Count < 2 ? own : own.Replace("\"…\"", arguments[1]).Replace("/…/", arguments[1]);
    }

    private static Dictionary<string, string> ByWord(params IReadOnlyList<ForeignWord>[] dialects) => dialects
        .SelectMany(words => words)
        .SelectMany(row => row.Words.Split(' ').Select(word => (Word: word, row.Help)))
        .ToDictionary(row => row.Word, row => row.Help, StringComparer.Ordinal);
}

/// <summary>Words of other languages that are told the same.</summary>
/// <param name="Words">The words, with blanks between.</param>
/// <param name="Help">What to write instead; an <c>x</c> in it stands for the first argument of a call.</param>
internal readonly record struct ForeignWord(string Words, string Help);
