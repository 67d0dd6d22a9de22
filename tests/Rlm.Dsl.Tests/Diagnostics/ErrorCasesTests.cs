using System.Text.RegularExpressions;
namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>Programs as small models and hurried people write them, and what they are told.</summary>
internal sealed class ErrorCasesTests
{
    private static IEnumerable<TestCaseData> Cases =>
        ErrorCases.All.Select(read => new TestCaseData(read.Body).SetArgDisplayNames(read.Name));

    [TestCaseSource(nameof(Cases))]
    public void Compile_WrongProgram_SaysWhatToWrite(string body)
    {
        string[] parts = body.Split(ErrorCases.Separator);
        var program = ErrorCases.Compile(parts[0]);

        Assert.That(Lines(DiagnosticRenderer.Render(program.Diagnostics, program.Source)), Is.EqualTo(Lines(parts[1])));
        Assert.That(
            program.Diagnostics.Where(diagnostic => diagnostic.Help is null).Select(diagnostic => diagnostic.Message), Is.Empty, "no help");
    }

    [TestCaseSource(nameof(Cases))]
    public void Help_ThatSaysWhatToWrite_Parses(string body)
    {
        var suggested = ErrorCases.Compile(body.Split(ErrorCases.Separator)[0]).Diagnostics
            .Select(diagnostic => Regex.Match(diagnostic.Help!, "^write (?:`` (?<form>.+?) ``|`(?<form>[^`]+)`)"))
            .Where(help => help.Success)
            .Select(help => help.Groups["form"].Value);

        Assert.That(suggested.Where(form => !Parses(form)), Is.Empty);
    }

    // A suggestion is a statement, a stage, an expression, options of a call, or a hole of a string.
    private static bool Parses(string form) =>
        (form[0] switch
        {
            '{' => [$"answer \"{form}\""],
            '(' => [$"answer {form}", $"context | extract /{form}/"],
            '/' => [$"context | grep {form}"],
            _ => new[] { form, $"context {form}", $"context | {form}", $"context | map {form}", $"context | llm \"?\" {form}",
                $"context | llm \"?\" as {form}", $"context | grep \"?\" {form}" },
        })
            .Select(text => text.Replace(" …", " x", StringComparison.Ordinal))
            .Any(text => ProgramParser.Parse(new SourceText(text)).Diagnostics.Count == 0);

    // Editors trim the blanks at a line's end.
    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line is not "  |" and not "")];
}
