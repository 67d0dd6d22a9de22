using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Rlm.Generators.Tests;

/// <summary>What a build says where the attributes are and their generators are not.</summary>
internal sealed class MissingGeneratorTests
{
    [TestCase("[RlmTools] public partial class A;", "", true)]
    [TestCase("class A { [RlmPipeline(\"\")] partial void B(); }", "", true)]
    [TestCase("public class A;", "", false)]
    [TestCase("[RlmTools] public partial class A;", "<Analyzer Include=\"/packages/Rlm.Generators.dll\" />", false)]
    public void Build_WithoutTheGenerator_NamesThePackage(string source, string analyzers, bool fails)
    {
        string folder = Directory.CreateTempSubdirectory("rlm-build").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "A.cs"), source);
            File.WriteAllText(Path.Combine(folder, "A.proj"), $"""
                <Project>
                  <PropertyGroup><Language>C#</Language></PropertyGroup>
                  <ItemGroup><Compile Include="A.cs" />{analyzers}</ItemGroup>
                  <Import Project="{Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../src/Rlm.Runtime/Rlm.Runtime.targets"))}" />
                  <Target Name="CoreCompile" />
                </Project>
                """);

            var (code, output) = Build(folder);

            Assert.That(code, Is.EqualTo(fails ? 1 : 0), output);
            Assert.That(output.Contains("A.cs : error RLM9000: [RlmTools] and [RlmPipeline] need the generators of the package Rlm.Runtime", StringComparison.Ordinal), Is.EqualTo(fails), output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Output) Build(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", "A.proj", "-t:CoreCompile", "-nologo", "-v:quiet", "-nodeReuse:false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return (build.ExitCode, output);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
