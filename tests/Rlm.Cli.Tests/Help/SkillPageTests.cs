using System.Text.RegularExpressions;
using Rlm.Cli.Commands;
using Rlm.Cli.Help;

namespace Rlm.Cli.Tests.Help;

/// <summary>What agents read of the project is what the binary writes.</summary>
internal sealed partial class SkillPageTests
{
    [Test]
    public void Write_Skill_IsTheOneOfTheProject() => Snapshot.VerifyPage(SkillPage.Write(), "skills/rlm/SKILL.md");

    [Test]
    public async Task Write_Llms_IsTheOneOfTheProject() => Snapshot.VerifyPage((await CliRun.RunAsync("help", "--llms")).Output, "llms.txt");

    /// <summary>Agents read it whole, and choose it by its description, of which they take 1,024 characters.</summary>
    [Test]
    public void Write_Skill_IsShort()
    {
        string[] lines = SkillPage.Write().Split('\n');

        Assert.That(lines, Has.Length.LessThan(200));
        Assert.That(lines[..2], Is.EqualTo(["---", $"name: {SkillPage.Name}"]));
        Assert.That(lines[2], Does.StartWith("description: ").And.Length.LessThan(1_024).And.Not.Match(": .*: "));
        Assert.That(lines[3], Is.EqualTo("---"));
    }

    [Test]
    public void Write_Llms_NamesEveryCommandAndPagesThatThereAre()
    {
        string page = LlmsPage.Write(VerbCatalog.All);

        string[] links = [.. Links.Matches(page).Select(match => match.Groups[1].Value)];
        Assert.That(links.Where(link => !File.Exists(Path.Combine(TestFiles.Root, link))), Is.Empty);
        Assert.That(VerbCatalog.All.Where(verb => !page.Contains($"`rlm {verb.Name} ", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Install_Folder_GetsTheSkillAndKeepsAChangedOne()
    {
        string folder = TestFiles.NewDirectory(), path = Path.Combine(folder, "rlm", "SKILL.md");

        var first = await CliRun.RunAsync("install-skill", folder);
        Assert.That((first.Code, first.Error, await File.ReadAllTextAsync(path)), Is.EqualTo((0, $"rlm: {path} is written\n", SkillPage.Write())));
        Assert.That((await CliRun.RunAsync("install-skill", folder)).Error, Is.EqualTo($"rlm: {path} is current\n"));

        await File.AppendAllTextAsync(path, "mine");
        var kept = await CliRun.RunAsync("install-skill", folder);
        Assert.That((kept.Code, kept.Error), Is.EqualTo((2, $"rlm: {path} is there and has another text: --force writes over it\n")));
        Assert.That(await File.ReadAllTextAsync(path), Does.EndWith("mine"));

        await CliRun.RunAsync("install-skill", folder, "--force");
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo(SkillPage.Write()));
        Assert.That((await CliRun.RunAsync("install-skill", "-")).Output, Is.EqualTo(SkillPage.Write()));
        Assert.That((await CliRun.RunAsync("install-skill", "a", "b")).Code, Is.EqualTo(2));
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links { get; }
}
