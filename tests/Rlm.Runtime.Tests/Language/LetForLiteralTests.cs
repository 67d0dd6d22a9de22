using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Dsl;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Runtime.Tests.Language;

/// <summary>
/// A literal of a documented program, held by a <c>let</c>, gives the same result or a diagnostic that says why it cannot stand there:
/// never another answer, never an exception.
/// </summary>
internal sealed partial class LetForLiteralTests
{
    private const string Name = "held_value";

    private const string Context =
        "2026-03-01 10:00:00 ERROR host=a user=ann status=500 took 12 ms\n2026-03-02 11:00:00 INFO host=b user=bob status=200 took 7 ms\n\nPayment within 30 days.\n";

    private static IEnumerable<TestCaseData> Examples =>
        (from signature in OperatorCatalog.All
         from example in signature.Examples
         select new TestCaseData(example.Program, example.Context, example.Replies).SetArgDisplayNames(signature.Name, example.Program))
        .Concat(from function in FunctionCatalog.All
                from example in function.Examples
                select new TestCaseData($"answer {example.Expression}", "", Array.Empty<string>())
                    .SetArgDisplayNames(function.Name, example.Expression));

    private static IEnumerable<TestCaseData> Pages =>
        from page in new[] { "README.md", "docs/language.md" }
        from program in Fence.Matches(File.ReadAllText(Path.Combine(Root(), page))).Select(match => match.Groups["program"].Value)
        select new TestCaseData(program).SetArgDisplayNames(page, program);

    private static IEnumerable<string> Samples =>
        Directory.GetFiles(Path.Combine(Root(), "samples"), "*.rlm").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Examples))]
    public Task Run_ExampleWithALetForALiteral_IsTheSameOrSaysWhyNot(string program, string context, string[] replies) =>
        CheckAsync(program, context, () => new ScriptedChatClient(replies));

    [TestCaseSource(nameof(Pages))]
    public Task Run_PageWithALetForALiteral_IsTheSameOrSaysWhyNot(string program) =>
        CheckAsync(program, Context, () => new OfflineChatClient());

    [TestCaseSource(nameof(Samples))]
    public async Task Run_SampleWithALetForALiteral_IsTheSameOrSaysWhyNot(string name)
    {
        string program = await File.ReadAllTextAsync(Path.Combine(Root(), "samples", name));
        string path = Path.Combine(Root(), ContextPattern.Match(program).Groups[1].Value);
        await CheckAsync(program, File.Exists(path) ? await File.ReadAllTextAsync(path) : Context, () => new OfflineChatClient());
    }

    private static async Task CheckAsync(string program, string context, Func<IChatClient> model)
    {
        var (shown, errors) = await RunAsync(program, context, model());
        foreach (string changed in Changed(program))
        {
            var (shownOfChanged, errorsOfChanged) = await RunAsync(changed, context, model());
            if (errorsOfChanged.Count == 0 || errors.Count > 0)
                Assert.That(shownOfChanged, Is.EqualTo(shown), changed);
            Assert.That(errorsOfChanged.Where(error => error.Help is null), Is.Empty, changed);
        }
    }

    /// <summary>The program with each of its literals, one at a time, moved into a <c>let</c> before its statement.</summary>
    private static IEnumerable<string> Changed(string program)
    {
        foreach (var statement in ProgramParser.Parse(new SourceText(program)).Program.Statements)
        {
            foreach (var span in SyntaxTree.Descendants(statement).Select(found => LiteralOf(found.Node, program))
                .Where(span => span is not null).Select(span => span!.Value))
            {
                string literal = program.Substring(span.Start, span.Length);
                yield return $"{program[..statement.Span.Start]}let {Name} = {literal}\n{program[statement.Span.Start..span.Start]}{Name}{program[span.End..]}";
            }
        }
    }

    private static SourceSpan? LiteralOf(SyntaxNode node, string program) => node switch
    {
        LiteralSyntax { Value: not null } or TemplateSyntax or RegexSyntax or ListSyntax
            or CallSyntax { Function.Name: "date" } => node.Span,
        LabelTypeSyntax { Labels: not null } when program.IndexOf('[', node.Span.Start, node.Span.Length) is var open and >= 0 =>
            SourceSpan.Between(open, program.LastIndexOf(']', node.Span.End - 1) + 1),
        _ => null,
    };

    private static async Task<(string Shown, IReadOnlyList<Diagnostic> Errors)> RunAsync(string program, string context, IChatClient model)
    {
        using (model)
        {
            var session = new RlmSession(
                model, [RlmVariable.Text("context", TextSource.FromString(context, "context"))], new RlmOptions { Parallel = 1 });
            List<string> shown = [];
            IReadOnlyList<Diagnostic> errors = [];
            await foreach (var happened in session.RunStreamingAsync(program))
            {
                if (happened is ValueShown value)
                    shown.Add(value.Text);
                if (happened is RunFinished { Result: { } result })
                {
                    shown.Add(result.Answer ?? "");
                    errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
                }
            }

            return (string.Join("\n", shown), errors);
        }
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("```rlm\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"-c (\S+)")]
    private static partial Regex ContextPattern { get; }
}
