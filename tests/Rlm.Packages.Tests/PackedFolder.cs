using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Rlm.Packages.Tests;

/// <summary>The packages of the solution, packed once for all tests, in a folder that is gone afterwards.</summary>
[SetUpFixture]
internal sealed class PackedFolder
{
    private static string? _path;

    /// <summary>A folder for the packages and what is made of them.</summary>
    public static string Root => _path ?? throw new InvalidOperationException("nothing is packed");

    public static string Packages => Path.Combine(Root, "packages");

    /// <summary>The version of the solution.</summary>
    public static string Version =>
        (string)XDocument.Load(Path.Combine(Solution(), "Directory.Build.props")).Descendants("Version").Single();

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        // Packing takes a minute or two: where the native binary is tested, everything is.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("RLM_NATIVE")))
            Assert.Ignore("RLM_NATIVE names no native binary.");

        _path = Directory.CreateTempSubdirectory("rlm-packages-").FullName;
        await DotnetCommand.RunAsync(
            Solution(), "dotnet", "pack", "Rlm.sln", "-c", "Release", "--nologo", "-v", "quiet", $"-p:PackageOutputPath={Packages}");
    }

    [OneTimeTearDown]
    public void Delete()
    {
        if (_path is not null)
            Directory.Delete(_path, recursive: true);
    }

    public static ZipArchive Open(string id) => ZipFile.OpenRead(Directory.GetFiles(Packages, $"{id}.*.nupkg").Single());

    /// <summary>The metadata of a package.</summary>
    public static XElement ReadMetadata(string id)
    {
        using var package = Open(id);
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        var root = XDocument.Load(nuspec).Root!;
        return root.Element(root.GetDefaultNamespace() + "metadata")!;
    }

    public static string Solution([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
