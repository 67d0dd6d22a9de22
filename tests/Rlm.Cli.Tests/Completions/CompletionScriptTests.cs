using Rlm.Cli.Commands;
using Rlm.Cli.Completions;

namespace Rlm.Cli.Tests.Completions;

/// <summary>Scripts know every verb, option and choice; tests/shells/check.sh runs them in the shells.</summary>
internal sealed class CompletionScriptTests
{
    private static IEnumerable<string> Shells => CompletionScript.OfShells.Keys;

    [TestCaseSource(nameof(Shells))]
    public async Task RunAsync_Shell_HasEveryVerbOptionAndChoice(string shell)
    {
        var run = await new CliSetup().RunAsync(["completions", shell]);

        Assert.That((run.Code, run.Error), Is.EqualTo((0, "")));
        var options = VerbCatalog.All.SelectMany(verb => verb.Options).Distinct().ToArray();
        string[] words =
        [
            .. VerbCatalog.All.Select(verb => verb.Name), .. VerbCatalog.All.SelectMany(verb => verb.Words), .. options.SelectMany(option => option.Choices),
            .. options.Select(option => shell == "fish" ? option.Name.TrimStart('-') : option.Name),
        ];
        Assert.That(words.Where(word => !run.Output.Contains(word, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("completions")]
    [TestCase("completions tcsh")]
    [TestCase("completions bash zsh")]
    public async Task RunAsync_NoShell_NamesThem(string line)
    {
        var run = await new CliSetup().RunAsync(line.Split(' '));

        Assert.That((run.Code, run.Error), Is.EqualTo((2, "rlm: name a shell: bash, zsh, fish or powershell\nsee rlm completions --help\n")));
    }
}
