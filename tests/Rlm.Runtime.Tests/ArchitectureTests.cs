using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Dsl;

namespace Rlm.Runtime.Tests;

/// <summary>Dependencies point one way, and folders keep to themselves what is theirs.</summary>
internal sealed partial class ArchitectureTests
{
    [Test]
    public void Dsl_References_NoOtherPart() =>
        Assert.That(ReferencesOf(typeof(RlmProgram).Assembly).Where(name => name.StartsWith("Rlm", StringComparison.OrdinalIgnoreCase)), Is.Empty);

    [Test]
    public void Runtime_References_OnlyDsl() =>
        Assert.That(ReferencesOf(typeof(RlmAgent).Assembly).Where(name => name.StartsWith("Rlm", StringComparison.OrdinalIgnoreCase)), Is.EqualTo(new[] { "Rlm.Dsl" }));

    [Test]
    public void Sprache_Used_OnlyInParsing() =>
        Assert.That(SourceFiles().Where(file => File.ReadAllText(file).Contains("using Sprache", StringComparison.Ordinal)).Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Distinct(),
            Is.EqualTo(new[] { "Parsing" }));

    [Test]
    public void Files_Code_HaveAtMost400Lines() =>
        Assert.That(SourceFiles().Where(file => File.ReadLines(file).Count() > 400), Is.Empty);

    [Test]
    public void Names_Types_AvoidCatchAlls() =>
        Assert.That(SourceFiles().Select(Path.GetFileNameWithoutExtension).Where(name => CatchAll().IsMatch(name!)), Is.Empty);

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> SourceFiles([CallerFilePath] string file = "") =>
        Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "src")), "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex("(Helpers?|Utils?|Common|Manager|Base)$")]
    private static partial Regex CatchAll();
}
