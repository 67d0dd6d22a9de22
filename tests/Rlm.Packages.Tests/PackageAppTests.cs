namespace Rlm.Packages.Tests;

/// <summary>Fresh apps of the packages, as a host would make them: published with warnings as errors, run and compared.</summary>
internal sealed class PackageAppTests
{
    private const string Expected =
        """
        asked: Answered orders after 1 step
        wrong: RLM2001 write `| count`
        labelled: 3 with 1 call
        page: PAGE
        pipeline: 2
        """;

    private const string WithoutReader = "add the package Rlm.Documents and call `RlmDocuments.Register()` when the program starts";

    private const string Native =
        "<RuntimeIdentifier>$(NETCoreSdkPortableRuntimeIdentifier)</RuntimeIdentifier><TrimmerSingleWarn>false</TrimmerSingleWarn>";

    private static readonly string[] RuntimeAlone = ["Rlm.Runtime"];

    /// <summary>A native app with a client of its own; what is more is noticed here before its users do.</summary>
    private const double MaxNativeMegabytes = 11.3;

    [Test]
    public async Task App_FrameworkDependent_GivesTheResult()
    {
        string folder = await PublishAsync("Console", "Microsoft.NET.Sdk", "<UseAppHost>false</UseAppHost>", RuntimeAlone);

        Assert.That(await DotnetCommand.RunAsync(folder, "dotnet", "App.dll"), Is.EqualTo(ExpectedOf(WithoutReader)));
        Assert.That(Directory.GetFiles(folder, "*.dll").Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "App.dll", "Rlm.Runtime.dll", "Rlm.Dsl.dll", "Sprache.dll", "Microsoft.Extensions.AI.Abstractions.dll", "System.IO.Hashing.dll" }));
    }

    [Test]
    public async Task App_Trimmed_GivesTheResult()
    {
        string folder = await PublishAsync(
            "Console", "Microsoft.NET.Sdk", $"<PublishTrimmed>true</PublishTrimmed><TrimMode>full</TrimMode>{Native}", RuntimeAlone);

        Assert.That(await DotnetCommand.RunAsync(folder, Path.Combine(folder, "App")), Is.EqualTo(ExpectedOf(WithoutReader)));
    }

    [Test]
    public async Task App_Native_GivesTheResultAndIsSmall()
    {
        string folder = await PublishAsync("Console", "Microsoft.NET.Sdk", $"<PublishAot>true</PublishAot>{Native}", RuntimeAlone);
        string binary = Path.Combine(folder, "App");

        Assert.That(await DotnetCommand.RunAsync(folder, binary), Is.EqualTo(ExpectedOf(WithoutReader)));
        Assert.That(new FileInfo(binary).Length / 1e6, Is.LessThan(MaxNativeMegabytes));
    }

    [Test]
    public async Task App_Web_GivesTheResultWithAllPackages()
    {
        string folder = await PublishAsync(
            "Web", "Microsoft.NET.Sdk.Web", $"<PublishAot>true</PublishAot>{Native}", ["Rlm.Runtime", "Rlm.Providers", "Rlm.Documents", "Rlm.Offline"]);

        Assert.That(await DotnetCommand.RunAsync(folder, Path.Combine(folder, "App")), Is.EqualTo($"{ExpectedOf("one")}offline: 1\n"));
    }

    private static string ExpectedOf(string page) => Expected.Replace("PAGE", page, StringComparison.Ordinal) + "\n";

    private static async Task<string> PublishAsync(string main, string sdk, string properties, string[] packages)
    {
        string folder = Directory.CreateDirectory(Path.Combine(PackedFolder.Root, TestContext.CurrentContext.Test.MethodName!)).FullName;
        string apps = Path.Combine(PackedFolder.Solution(), "tests", "Rlm.Packages.Tests", "Apps");
        foreach (string name in new[] { main, "Scenario", "OwnClient", "Generated" })
            File.Copy(Path.Combine(apps, name + ".cs"), Path.Combine(folder, name + ".cs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "App.csproj"),
            $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(id => $"<PackageReference Include=\"{id}\" Version=\"{PackedFolder.Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        // Nothing of the packages stays in the folder that all builds share, which takes no second package of a version.
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(PackedFolder.Root, "restored")}" /></config>
              <packageSources><add key="packed" value="{PackedFolder.Packages}" /></packageSources>
              <fallbackPackageFolders><add key="shared" value="{SharedPackages}" /></fallbackPackageFolders>
            </configuration>
            """);

        await DotnetCommand.RunAsync(folder, "dotnet", "publish", "-c", "Release", "-o", "out", "--nologo", "-v", "quiet");
        return Path.Combine(folder, "out");
    }

    private static string SharedPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
