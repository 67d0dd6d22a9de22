using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Tests.Parsing;

/// <summary>The 50 tasks that the language was tried on.</summary>
internal sealed class LanguageExamplesTests
{
    private static readonly string[] Prelude =
    [
        "let labels = [\"abbreviation\", \"entity\", \"description and abstract concept\", \"human being\", \"location\", \"numeric value\"]",
        "let rows = context | extract \"Date: {date} || User: {user} || Instance: {text}\" as {date: date}",
        "let labelled = rows | extend label = llm \"Which?\" as one of labels",
    ];

    private static IEnumerable<TestCaseData> Examples =>
        CaseFile.Read("examples.rlm").Select(example => new TestCaseData(example.Body).SetArgDisplayNames(example.Name));

    [TestCaseSource(nameof(Examples))]
    public void Parse_Example_HasNoDiagnostic(string program)
    {
        var (tree, diagnostics) = ProgramParser.Parse(new SourceText(program));

        Assert.That(diagnostics.Select(diagnostic => $"{diagnostic.Span} {diagnostic.Message}"), Is.Empty);
        Assert.That(tree.Statements, Is.Not.Empty);
    }

    [TestCaseSource(nameof(Examples))]
    public void Compile_Example_HasNoErrorButThatPartsAreNotEvaluatedYet(string program)
    {
        // Rows come from another example there, and a question and a context from the host.
        string[] prelude = program.Contains("labelled", StringComparison.Ordinal) || program.Contains("rows", StringComparison.Ordinal)
            ? Prelude
            : [];
        var source = new SourceText(string.Join("\n", [.. prelude, program]));
        var compiled = RlmProgram.Compile(source, With(RlmType.Text));
        if (compiled.Diagnostics.Any(diagnostic => diagnostic.Descriptor == DslDiagnostics.WrongInput))
            compiled = RlmProgram.Compile(source, With(RlmType.ListOf(RlmType.Doc)));

        Assert.That(compiled.Diagnostics.Where(
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Descriptor != DslDiagnostics.NotEvaluatedYet)
            .Select(diagnostic => DiagnosticRenderer.Render(diagnostic, compiled.Source)), Is.Empty);
    }

    private static BindingEnvironment With(RlmType contextType) => BindingEnvironment.Empty with
    {
        Variables = new Dictionary<string, VariableSymbol>
        {
            ["context"] = new("context", contextType, null),
            ["question"] = new("question", RlmType.Text, null),
        },
    };
}
