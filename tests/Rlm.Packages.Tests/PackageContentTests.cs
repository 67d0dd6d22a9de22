using System.Xml.Linq;

namespace Rlm.Packages.Tests;

/// <summary>What <c>dotnet pack</c> gives.</summary>
internal sealed class PackageContentTests
{
    private static readonly string[] Libraries = ["Rlm.Documents", "Rlm.Dsl", "Rlm.Files", "Rlm.Hosting", "Rlm.Offline", "Rlm.Providers", "Rlm.Runtime"];

    private static readonly string[] Ids = [.. Libraries, "Rlm.Tool"];

    [Test]
    public void Pack_Solution_GivesWhatIsMeant() => Assert.That(
        Directory.GetFiles(PackedFolder.Packages).Select(path => Path.GetFileName(path).Replace($".{PackedFolder.Version}.nupkg", "", StringComparison.Ordinal)),
        Is.EquivalentTo(Ids));

    [TestCase("Rlm.Dsl", "lib/net10.0/Rlm.Dsl.dll lib/net10.0/Rlm.Dsl.xml lib/netstandard2.0/Rlm.Dsl.dll lib/netstandard2.0/Rlm.Dsl.xml")]
    [TestCase("Rlm.Runtime", "analyzers/dotnet/cs/Rlm.Dsl.dll analyzers/dotnet/cs/Rlm.Generators.dll analyzers/dotnet/cs/Sprache.dll "
        + "build/Rlm.Runtime.targets buildTransitive/Rlm.Runtime.targets lib/net10.0/Rlm.Runtime.dll lib/net10.0/Rlm.Runtime.xml")]
    [TestCase("Rlm.Providers", "lib/net10.0/Rlm.Providers.dll lib/net10.0/Rlm.Providers.xml")]
    [TestCase("Rlm.Documents", "lib/net10.0/Rlm.Documents.dll lib/net10.0/Rlm.Documents.xml")]
    [TestCase("Rlm.Files", "lib/net10.0/Rlm.Files.dll lib/net10.0/Rlm.Files.xml")]
    [TestCase("Rlm.Hosting", "lib/net10.0/Rlm.Hosting.dll lib/net10.0/Rlm.Hosting.xml")]
    [TestCase("Rlm.Offline", "lib/net10.0/Rlm.Offline.dll lib/net10.0/Rlm.Offline.xml")]
    public void Package_Library_HoldsItsFilesAlone(string id, string files)
    {
        using var package = PackedFolder.Open(id);

        Assert.That(
            package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith('_') && !name.StartsWith("package/", StringComparison.Ordinal)
                && name != "[Content_Types].xml"),
            Is.EquivalentTo([.. files.Split(' '), $"{id}.nuspec", "README.md", "icon.png"]));
    }

    [Test]
    public void Package_Tool_RunsOnAnySystem()
    {
        using var package = PackedFolder.Open("Rlm.Tool");
        using var settings = package.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open();
        var command = XDocument.Load(settings).Descendants("Command").Single();

        Assert.That(((string?)command.Attribute("Name"), (string?)command.Attribute("Runner")), Is.EqualTo(("rlm", "dotnet")));
        Assert.That(package.Entries.Select(entry => entry.FullName), Has.None.StartsWith("lib/").And.None.EndsWith(".so"));
    }

    [TestCaseSource(nameof(Ids))]
    public void Package_Metadata_IsWhole(string id)
    {
        var metadata = PackedFolder.ReadMetadata(id);
        string? Of(string name) => (string?)metadata.Element(metadata.GetDefaultNamespace() + name);

        Assert.That((Of("license"), Of("readme"), Of("icon")), Is.EqualTo(("MIT", "README.md", "icon.png")));
        Assert.That(Of("description"), Does.EndWith("."));
        Assert.That((string?)metadata.Element(metadata.GetDefaultNamespace() + "repository")?.Attribute("commit"), Has.Length.EqualTo(40));
    }

    /// <summary>They share internals, so that another version of one would break the others while they run.</summary>
    [TestCase("Rlm.Dsl")]
    [TestCase("Rlm.Runtime", "Rlm.Dsl")]
    [TestCase("Rlm.Providers", "Rlm.Runtime")]
    [TestCase("Rlm.Documents", "Rlm.Runtime")]
    [TestCase("Rlm.Files", "Rlm.Documents", "Rlm.Runtime")]
    [TestCase("Rlm.Hosting", "Rlm.Runtime")]
    [TestCase("Rlm.Offline", "Rlm.Runtime")]
    public void Package_OfOthers_NeedsThemInItsVersion(string id, params string[] others) => Assert.That(
        PackedFolder.ReadMetadata(id).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Where(element => ((string)element.Attribute("id")!).StartsWith("Rlm.", StringComparison.Ordinal))
            .Select(element => ((string)element.Attribute("id")!, (string)element.Attribute("version")!)).Distinct(),
        Is.EqualTo(others.Select(other => (other, $"[{PackedFolder.Version}]"))));

    /// <summary>What a library's documentation tells of stands in the namespace of its public types.</summary>
    [TestCaseSource(nameof(Libraries))]
    public void Package_Documentation_IsOfPublicTypes(string id)
    {
        using var package = PackedFolder.Open(id);
        using var file = package.Entries.First(entry => entry.Name == $"{id}.xml").Open();
        string[] names = [.. XDocument.Load(file).Descendants("member").Select(member => ((string)member.Attribute("name")!)[2..])];

        Assert.That(names, Is.Not.Empty.And.All.StartsWith("Rlm."));
        Assert.That(names, Has.None.StartsWith($"{id}."));
    }
}
