using System.Runtime.CompilerServices;

namespace Rlm.Cli.Tests.Documentation;

/// <summary>The licences that the binary prints.</summary>
internal sealed class LicensesTests
{
    [Test]
    public async Task Licenses_OfTheCommandLine_AreTheFile() =>
        Assert.That(await CliRun.RunAsync("--licenses"), Is.EqualTo(new CliRun(0, Read("THIRD-PARTY-NOTICES"), "")));

    private static string Read(string path, [CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", path)).ReplaceLineEndings("\n");
}
