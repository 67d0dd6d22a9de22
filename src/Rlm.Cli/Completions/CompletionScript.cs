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

    /// <summary>A text in single quotes, as bash and zsh take it.</summary>
    protected static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
