using System.Text;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;

namespace Rlm.Runtime.Root;

/// <summary>The usage and the examples of an operator, which a root is shown with its first error about it.</summary>
internal sealed class OperatorPages
{
    private static readonly DiagnosticDescriptor[] AboutForms =
        [DslDiagnostics.Unexpected, DslDiagnostics.WrongArguments, DslDiagnostics.RepeatedArgument, DslDiagnostics.WrongInput,
            DslDiagnostics.WrongReplyType];

    private readonly HashSet<string> _shown = [];

    /// <summary>The pages of the operators that the errors are about, each once a run; empty where there are none.</summary>
    public string For(SourceText program, IReadOnlyList<Diagnostic> diagnostics)
    {
        var pages = new StringBuilder();
        foreach (var diagnostic in diagnostics.Where(static diagnostic => AboutForms.Contains(diagnostic.Descriptor)))
        {
            if (OperatorAt(program.Content, diagnostic.Span.Start) is { } signature && _shown.Add(signature.Name))
                pages.Append(pages.Length == 0 ? "" : "\n").Append(PageOf(signature));
        }

        return pages.ToString();
    }

    private static string PageOf(OperatorSignature signature)
    {
        var examples = signature.Examples.Select(
            static example => $"\n  {example.Program.Replace("\n", "\n  ", StringComparison.Ordinal)}");
        return $"{UsageLine.Of(signature)}  # {signature.Summary}{string.Concat(examples)}";
    }

    /// <summary>
    /// The operator of the stage that a place is in: the head behind the last bar before it, or at the start of its line.
    /// </summary>
    private static OperatorSignature? OperatorAt(string program, int place)
    {
        int end = Math.Min(program.Length, place + 1);
        int start = program.LastIndexOf('|', end - 1, end) + 1;
        string head = program[start..].TrimStart(' ', '\t', '>');
        return OperatorCatalog.All
            .Where(signature => head.StartsWith(signature.Name, StringComparison.Ordinal)
                && (head.Length == signature.Name.Length || !Names.IsWordPart(head[signature.Name.Length])))
            .MaxBy(static signature => signature.Name.Length);
    }
}
