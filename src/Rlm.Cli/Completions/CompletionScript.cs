using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Completions;

/// <summary>What a shell is given to complete <c>rlm</c>: the verbs, their options, the choices of these, and files elsewhere.</summary>
internal abstract class CompletionScript
{
    public static IReadOnlyDictionary<string, CompletionScript> OfShells { get; } = new Dictionary<string, CompletionScript>(StringComparer.Ordinal)
    {
        ["bash"] = new BashScript(),
        ["zsh"] = new ZshScript(),
        ["fish"] = new FishScript(),
        ["powershell"] = new PowerShellScript(),
    };

    /// <summary>Where people put the script.</summary>
    public abstract string Place { get; }

    public string Write(IReadOnlyList<Verb> verbs)
    {
        var script = new StringBuilder();
        Write(script, verbs);
        return script.ToString();
    }

    protected abstract void Write(StringBuilder script, IReadOnlyList<Verb> verbs);

    /// <summary>The options of all verbs, each once, by what may be their value.</summary>
    protected static IReadOnlyList<OptionSpec> OptionsOf(IReadOnlyList<Verb> verbs) => [.. verbs.SelectMany(static verb => verb.Options).Distinct()];

    /// <summary>The options that have choices, with the verbs whose they are where another verb has an option of that name with others; else with none.</summary>
    protected static IEnumerable<(OptionSpec Option, IReadOnlyList<string> Verbs)> ChoicesOf(IReadOnlyList<Verb> verbs)
    {
        var options = OptionsOf(verbs);
        return options.Where(static option => option.Choices.Count > 0).Select(option => (option, options.Count(other => other.Name == option.Name) == 1
            ? (IReadOnlyList<string>)[] : [.. verbs.Where(verb => verb.Options.Contains(option)).Select(static verb => verb.Name)]));
    }

    /// <summary>A text in single quotes, as bash and zsh take it.</summary>
    protected static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
