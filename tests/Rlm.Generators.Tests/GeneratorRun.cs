using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.AI;
using RoslynDiagnostic = Microsoft.CodeAnalysis.Diagnostic;
using RoslynSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;
using RoslynText = Microsoft.CodeAnalysis.Text.SourceText;

namespace Rlm.Generators.Tests;

/// <summary>Runs the generators over C# texts, and over edited ones again.</summary>
internal sealed class GeneratorRun
{
    private const string Imports = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.Extensions.AI;
        global using Rlm;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !path.EndsWith("Rlm.Generators.Tests.dll", StringComparison.Ordinal))
            .Append(typeof(RlmTool).Assembly.Location).Append(typeof(IChatClient).Assembly.Location).Distinct()
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly List<ProgramText> _files;
    private GeneratorDriver _driver;
    private CSharpCompilation _input;
    private Compilation _output;
    private IReadOnlyList<RoslynDiagnostic> _diagnostics;

    /// <param name="source">The C# text.</param>
    /// <param name="files">Additional files, each a path and a text.</param>
    public GeneratorRun(string source, params (string Path, string Text)[] files)
    {
        _input = CSharpCompilation.Create($"Generated{Guid.NewGuid():N}", [Parse(Imports, "Imports.cs"),
            Parse(source, "Source.cs")], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _driver = CSharpGeneratorDriver.Create([new ToolGenerator().AsSourceGenerator(), new PipelineGenerator().AsSourceGenerator()],
            additionalTexts: _files = [.. files.Select(file => new ProgramText(file.Path, file.Text))],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        (_output, _diagnostics) = Update();
    }

    public string Source { get; private set; } = "";

    /// <summary>What the generators reported.</summary>
    public IReadOnlyList<RoslynDiagnostic> Diagnostics => _diagnostics;

    /// <summary>What the compiler finds wrong with input and output, warnings included.</summary>
    public IReadOnlyList<string> CompilerDiagnostics =>
        [.. _output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= RoslynSeverity.Warning)
            .Select(diagnostic => diagnostic.ToString())];

    public IReadOnlyList<GeneratorRunResult> Results => _driver.GetRunResult().Results;

    /// <summary>The generated files with their names.</summary>
    public string Output => string.Join("\n", Results.SelectMany(result => result.GeneratedSources)
        .Select(source => $"==> {source.HintName}\n{source.SourceText}"));

    /// <summary>The C# under a diagnostic.</summary>
    public string TextAt(RoslynDiagnostic diagnostic) =>
        Source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    /// <summary>Runs again with another text in place of the source.</summary>
    public void Edit(string source)
    {
        _input = _input.ReplaceSyntaxTree(_input.SyntaxTrees[1], Parse(source, "Source.cs"));
        (_output, _diagnostics) = Update();
    }

    /// <summary>Runs again with another text in place of an additional file's.</summary>
    public void EditFile(string path, string text)
    {
        _driver = _driver.ReplaceAdditionalText(_files.Find(file => file.Path == path)!, new ProgramText(path, text));
        (_output, _diagnostics) = Update();
    }

    /// <summary>Why each output of a step is as it is.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Steps(step).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>How often the step did its work in the last run for a result that is another one than before, or was computed again.</summary>
    public int Runs(string step) => Steps(step).Count(
        run => run.Outputs.Any(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Removed)));

    public IEnumerable<object?> Values(string step) => Steps(step).SelectMany(run => run.Outputs).Select(output => output.Value);

    /// <summary>The whole as a loaded assembly; fails on any warning.</summary>
    public Assembly Load()
    {
        Assert.That(CompilerDiagnostics, Is.Empty, Output);
        using var image = new MemoryStream();
        var emitted = _output.Emit(image);
        Assert.That(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    private IEnumerable<IncrementalGeneratorRunStep> Steps(string step) =>
        Results.SelectMany(result => result.TrackedSteps.TryGetValue(step, out var steps) ? steps : []);

    private (Compilation Output, IReadOnlyList<RoslynDiagnostic> Diagnostics) Update()
    {
        Source = _input.SyntaxTrees[1].ToString();
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_input, out var output, out _);
        Assert.That(Results.Select(result => result.Exception), Is.All.Null);
        return (output, [.. Results.SelectMany(result => result.Diagnostics)]);
    }

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, ParseOptions, path, System.Text.Encoding.UTF8);

    private sealed class ProgramText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override RoslynText GetText(CancellationToken cancellationToken = default) => RoslynText.From(text, System.Text.Encoding.UTF8);
    }
}
