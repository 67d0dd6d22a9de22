using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rlm.Generators.Tests;

/// <summary>The sources of all projects as one compilation, for tests that want to know what a name stands for.</summary>
internal static class SourceCode
{
    private const string Imports = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using static System.FormattableString;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    /// <summary>The folder of the projects.</summary>
    public static string Root { get; } = RootFrom();

    private static readonly Lazy<CSharpCompilation> Compiled = new(() => Compile(
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Parse(File.ReadAllText(path), Path.GetRelativePath(Root, path)))));

    /// <summary>Every source, its path from <see cref="Root"/> on. What generators would add is missing.</summary>
    public static CSharpCompilation All => Compiled.Value;

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
        "Sources",
        [Parse(Imports, "Imports.cs"), .. trees],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Rlm.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(Microsoft.CodeAnalysis.Text.SourceText.From(text), ParseOptions, path);

    private static string RootFrom([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "src"));
}
