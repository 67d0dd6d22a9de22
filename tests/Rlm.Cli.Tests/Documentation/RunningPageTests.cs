using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;

namespace Rlm.Cli.Tests.Documentation;

/// <summary>What docs/running.md says of options and exit codes is what there is.</summary>
internal sealed partial class RunningPageTests
{
    private static readonly OptionSpec[] Options = [.. VerbCatalog.All.SelectMany(verb => verb.Options).Distinct()];

    [Test]
    public void Page_EveryLimit_StandsInIt() =>
        Assert.That(Options.Where(option => option.Category == OptionCategory.Limits).Select(option => option.Name)
            .Except(OptionsOf(Page())), Is.Empty);

    [TestCase("README.md")]
    [TestCase("docs/running.md")]
    [TestCase("docs/journal.md")]
    [TestCase("docs/specification.md")]
    [TestCase("docs/language.md")]
    [TestCase("docs/reliability.md")]
    [TestCase("docs/agents.md")]
    [TestCase("docs/server.md")]
    [TestCase("docs/scale-out.md")]
    [TestCase("docs/workers.md")]
    [TestCase("samples/README.md")]
    public void Page_EveryOptionInCode_IsThere(string page) =>
        Assert.That(OptionsOf(Read(page)).Except(Options.Select(option => option.Name)), Is.Empty);

    [Test]
    public void Page_ExitCodes_AreTheTable()
    {
        string section = Page().Split("\n## Exit codes\n")[1].Split("\n## ")[0];

        Assert.That(
            CodeRow.Matches(section).Select(match => int.Parse(match.Groups[1].Value, null)),
            Is.EqualTo(ExitCodes.All.Select(entry => entry.Code)));
    }

    private static string[] OptionsOf(string page) =>
        [.. Option.Matches(ForeignBlock.Replace(page, "")).Select(match => match.Groups[1].Value).Distinct()];

    private static string Page() => Read("docs/running.md");

    private static string Read(string page, [CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", page)).ReplaceLineEndings("\n");

    // In code between backticks, the first of a line of a block included.
    [GeneratedRegex(@"(?<=`|rlm [^`\n]*)(--[a-z][a-z-]+)")]
    private static partial Regex Option { get; }

    // Commands that are not rlm's have options of their own.
    [GeneratedRegex(@"`[^`\n]*\b(?:dotnet|rg|apt-get)\b[^`\n]*`")]
    private static partial Regex ForeignBlock { get; }

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex CodeRow { get; }
}
