using Rlm.Cli.Commands;

namespace Rlm.Cli.Tests.Help;

internal sealed class ManualPageTests
{
    [Test]
    public async Task RunAsync_Manual_HasEveryVerbOptionAndExitCode()
    {
        var run = await new CliSetup().RunAsync(["help", "--man"]);

        Assert.That((run.Code, run.Error), Is.EqualTo((0, "")));
        string text = run.Output.Replace("\\-", "-", StringComparison.Ordinal);
        string[] heads =
        [
            .. VerbCatalog.All.Select(verb => $"rlm {verb.Name} {verb.Usage}"), .. VerbCatalog.All.SelectMany(verb => verb.Options).Select(option => option.Form.Trim()),
            .. ExitCodes.All.Select(exit => $"{exit.Code}"),
        ];
        Assert.That(heads.Distinct().Where(head => text.Split($"\n.B {head}\n").Length != 2), Is.Empty);
        Assert.That(text.Split('\n').Where(line => line.StartsWith('\'')), Is.Empty);
    }
}
