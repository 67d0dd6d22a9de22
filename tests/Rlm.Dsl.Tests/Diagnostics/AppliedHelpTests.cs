using System.Text.RegularExpressions;
using Rlm.Dsl.Tests.Syntax;

namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>
/// What a help line says to write, put in the place of what was written, gives a program without an error: by the diagnostic's fix, or
/// where it has none at some place around what is marked. A help with a placeholder in it is for whoever knows the data; any other that
/// cannot be put in by itself stands in <c>Cases/help-by-hand.txt</c> with the reason.
/// </summary>
internal sealed partial class AppliedHelpTests
{
    private const int MaxFixes = 5;

    [Test]
    public void Help_Applied_GivesAProgramThatCompiles()
    {
        var byHand = CaseFile.Read("help-by-hand.txt").Select(read => read.Name).ToHashSet();
        var unapplied = new List<string>();
        int applied = 0, fixes = 0;
        foreach (var (name, body) in ErrorCases.All)
        {
            string program = body.Split(ErrorCases.Separator)[0];
            var diagnostics = ErrorCases.Compile(program).Diagnostics;
            foreach (var diagnostic in diagnostics)
            {
                if (FormOf(diagnostic.Help!) is not { } form || HasPlaceholder(form, program))
                    continue;

                fixes += diagnostic.Fix is null ? 0 : 1;
                int errors = ErrorsOf(program);
                bool isApplied = (diagnostic.Fix is { } fix ? [fix.Apply(program)] : Applied(program, diagnostic, form))
                    .Any(changed => ErrorsOf(changed) < Math.Max(1, errors));
                applied += isApplied ? 1 : 0;
                if (isApplied == byHand.Contains(name))
                    unapplied.Add($"{name}{(isApplied ? " (is applied, and stands in the list)" : $": {diagnostic.Help}\n{program}")}");
            }
        }

        Assert.That(unapplied, Is.Empty, string.Join("\n", unapplied));
        Assert.That(applied, Is.GreaterThan(200));
        Assert.That(fixes, Is.GreaterThan(150));
    }

    /// <summary>A case whose program a fix changes has the program that was meant as its third part, and no other has one.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Fix_Applied_IsTheProgramThatWasMeant(string body)
    {
        string[] parts = body.Split(ErrorCases.Separator);
        string program = parts[0];
        for (int i = 0; i < MaxFixes
            && ErrorCases.Compile(program).Diagnostics.FirstOrDefault(diagnostic => diagnostic.Fix is not null) is { Fix: { } fix }; i++)
            program = fix.Apply(program);

        if (parts.Length < 3)
        {
            Assert.That(program, Is.EqualTo(parts[0]), "nothing says what was meant");
            return;
        }

        Assert.That(ErrorCases.Compile(parts[2]).HasErrors, Is.False);
        Assert.That(
            SyntaxDump.Of(ErrorCases.Compile(program).Syntax), Is.EqualTo(SyntaxDump.Of(ErrorCases.Compile(parts[2]).Syntax)), program);
    }

    /// <summary>A program is read with fixes that can mean one thing only, and is then the one that was meant; hints tell each.</summary>
    [Test]
    public void Compile_WithFixesOfOneMeaning_IsTheProgramThatWasMeant()
    {
        var others = new List<string>();
        int read = 0;
        foreach (var (name, body) in ErrorCases.All)
        {
            string[] parts = body.Split(ErrorCases.Separator);
            var program = RlmProgram.Compile(parts[0]);
            if (program.HasErrors || !ErrorCases.Compile(parts[0]).HasErrors)
                continue;

            read++;
            if (parts.Length < 3 || SyntaxDump.Of(program.Syntax) != SyntaxDump.Of(RlmProgram.Compile(parts[2]).Syntax)
                || program.Diagnostics.All(diagnostic => diagnostic.Descriptor != DslDiagnostics.ReadAs))
                others.Add($"{name}: {program.Source.Content}");
        }

        Assert.That(others, Is.Empty, string.Join("\n", others));
        Assert.That(read, Is.GreaterThan(100));
    }

    private static IEnumerable<TestCaseData> Cases =>
        ErrorCases.All.Select(read => new TestCaseData(read.Body).SetArgDisplayNames(read.Name));

    private static int ErrorsOf(string program) =>
        ErrorCases.Compile(program).Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static string? FormOf(string help) => Form.Match(help) is { Success: true } form ? form.Groups["form"].Value : null;

    // A word in capitals, or dots outside quotes, that the program itself does not hold.
    private static bool HasPlaceholder(string form, string program) =>
        Placeholder.Matches(form).Any(word => !program.Contains(word.Value, StringComparison.Ordinal))
            || Quoted.Replace(form, "").Contains('…');

    /// <summary>
    /// The program with the form in the place of the words of its line around and with the marked one, as a stage of its own or as it
    /// stands.
    /// </summary>
    private static IEnumerable<string> Applied(string program, Diagnostic diagnostic, string form)
    {
        int at = diagnostic.Span.Start, end = diagnostic.Span.End;
        int lineStart = at == 0
            ? 0
            : program.LastIndexOf('\n', at - 1) + 1, lineEnd = program.IndexOf('\n', at) is var newline and >= 0 ? newline : program.Length;
        string written = form.StartsWith("| ", StringComparison.Ordinal) ? form[2..] : form;
        int[] starts = [at,
            .. Token.Matches(program[lineStart..lineEnd]).Select(token => lineStart + token.Index).Where(start => start < at).Reverse()];
        int[] ends = [end, .. Token.Matches(program[lineStart..lineEnd]).Select(token => lineStart + token.Index + token.Length)
            .Where(stop => stop > end), program.Length];
        foreach (int from in starts)
        {
            foreach (int to in ends.Prepend(at).Where(stop => stop >= from))
            {
                yield return $"{program[..from]} {written} {program[to..]}";
                yield return $"{program[..from]}{written}{program[to..]}";
                yield return $"{program[..from].TrimEnd()} | {written} {program[to..]}";
            }
        }
    }

    [GeneratedRegex("write `(?<form>[^`]+)`")]
    private static partial Regex Form { get; }

    [GeneratedRegex(@"\b[A-Z]{2,}\d?\b")]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex("\"[^\"]*\"|/[^/]*/")]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"\w+|[^\w\s]")]
    private static partial Regex Token { get; }
}
