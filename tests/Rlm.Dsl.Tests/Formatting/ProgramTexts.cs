using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Tests.Diagnostics;

namespace Rlm.Dsl.Tests.Formatting;

/// <summary>Every program that stands in this repository: of cases, pages, samples and the catalogue.</summary>
internal static partial class ProgramTexts
{
    private static readonly string[] Pages = ["README.md", "docs/language.md", "docs/from-python.md", "docs/running.md", "docs/specification.md",
        "docs/tools-and-pipelines.md", "src/Rlm.Runtime/Root/RootPrompt.cs"];

    public static IEnumerable<string> All =>
    [
        .. new[] { "equivalents.txt", "understood.txt", "misreadings.txt", "help-by-hand.txt" }.SelectMany(file => CaseFile.Read(file))
            .Concat(ErrorCases.All).SelectMany(read => read.Body.Split(ErrorCases.Separator)),
        .. Own,
    ];

    /// <summary>Those that are not about what other languages write.</summary>
    public static IEnumerable<string> Own =>
    [
        .. CaseFile.Read("examples.rlm").Select(read => read.Body),
        .. OperatorCatalog.All.SelectMany(signature => signature.Examples).Select(example => example.Program),
        .. FunctionCatalog.All.SelectMany(function => function.Examples).Select(example => $"answer {example.Expression}"),
        .. Pages.SelectMany(page => Fences.Matches(File.ReadAllText(Path.Combine(Root(), page)).ReplaceLineEndings("\n"))).Select(match => match.Groups["program"].Value),
        .. Samples.Select(File.ReadAllText),
    ];

    /// <summary>The files of programs that are formatted themselves.</summary>
    public static IEnumerable<string> Samples => Directory.EnumerateFiles(Path.Combine(Root(), "samples"), "*.rlm")
        .Append(Path.Combine(Root(), "tests", "Rlm.AotSmoke", "kitchen.rlm")).Append(CaseFile.PathOf("examples.rlm"));

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("```rlm\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences { get; }
}
