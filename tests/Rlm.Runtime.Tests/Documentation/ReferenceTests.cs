using System.Text;
using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Tests.Documentation;

/// <summary>
/// The pages of the reference are made from the catalogue and the tables of diagnostics; <c>RLM_ACCEPT=1</c> writes them anew.
/// </summary>
internal sealed class ReferenceTests
{
    private static readonly (OperatorFamily Family, string Title)[] Families =
    [
        (OperatorFamily.Look, "Look"), (OperatorFamily.Cut, "Cut"), (OperatorFamily.Find, "Find"),
        (OperatorFamily.Rows, "Rows"), (OperatorFamily.Fold, "Fold"), (OperatorFamily.Ask, "Ask (paid)"),
    ];

    [Test]
    public void Diagnostics_Page_IsTheTables()
    {
        var page = new StringBuilder(
            "# Diagnostics\n\nMade from the tables in `DslDiagnostics` and `RuntimeDiagnostics`. An id is never reused.\n\n");
        page.Append("| id | title | severity | since | status | example | fix |\n|---|---|---|---|---|---|---|\n");
        foreach (var descriptor in DslDiagnostics.All.Concat(RuntimeDiagnostics.All))
        {
            string example = descriptor.Example.Length == 0
                ? ""
                : $"`{descriptor.Example.Replace("\n", "; ", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)}`";
            page.Append(
                $"| {descriptor.Id} | {descriptor.Title} | {descriptor.Severity.ToString().ToLowerInvariant()} | {descriptor.Since} | {descriptor.Status} | {example} | {descriptor.Fix.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        Snapshot.VerifyPage(page.ToString(), "docs/diagnostics.md");
    }

    [Test]
    public void Operators_Page_IsTheCatalogue()
    {
        var page = new StringBuilder(
            "# Operators and functions\n\nMade from the operator catalogue; every example is also a test. The language as a whole is in [language.md](language.md).\n");
        foreach (var (family, title) in Families)
        {
            page.Append($"\n## {title}\n");
            foreach (var signature in OperatorCatalog.All.Where(signature => signature.Family == family))
                AppendOperator(page, signature);
        }

        page.Append(
            "\n## Functions\n\nAs `f(x, …)` in an expression, or as a stage: `| f(…)` passes the piped value first.\n\n| function | gives | example |\n|---|---|---|\n");
        foreach (var function in FunctionCatalog.All)
        {
            string form =
                $"{function.Name}({string.Join(", ", function.Parameters.Select(parameter => parameter.IsOptional ? $"[{parameter.Name}]" : parameter.Name))})";
            string example = function.Examples.Count == 0
                ? ""
                : $"`{function.Examples[0].Expression}` → `{function.Examples[0].Result.Replace("\n", "`, `", StringComparison.Ordinal)}`"
                    .Replace("|", "\\|", StringComparison.Ordinal);
            page.Append($"| `{form}` | {function.Summary} | {example} |\n");
        }

        Snapshot.VerifyPage(page.ToString(), "docs/operators.md");
    }

    private static void AppendOperator(StringBuilder page, OperatorSignature signature)
    {
        page.Append(
            $"\n### {signature.Name}\n\n`{UsageLine.Of(signature)}`\n\n{char.ToUpperInvariant(signature.Summary[0])}{signature.Summary[1..]}.\n");
        var options = UsageLine.OptionsOf(signature);
        if (options.Count > 0)
            page.Append($"\n{string.Concat(options.Select(option => $"- `{option.Form}`: {option.Text}\n"))}");
        foreach (var example in signature.Examples)
            page.Append($"\n```rlm\n{example.Program}\n```\n\n```text\n{example.Result}\n```\n");
    }
}
