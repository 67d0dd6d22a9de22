namespace Rlm.Cli.Lsp;

/// <summary>What is shown of an open document, and what can be changed in it.</summary>
/// <param name="service">What knows the language.</param>
/// <param name="isMarkdown">Whether the editor shows Markdown.</param>
internal sealed class LanguageFeatures(LanguageService service, bool isMarkdown)
{
    /// <summary>The kind of an action that mends what is wrong.</summary>
    public const string QuickFix = "quickfix";

    public LspPublished Check(OpenDocument document) => new(document.Uri, document.Version, [.. document.Check(service).Select(found => found.Shown)]);

    public IReadOnlyList<LspCompletion> Complete(OpenDocument document, LspPosition position)
    {
        var words = service.Complete(document.Lines.Text, document.Lines.OffsetOf(position));
        return [.. words.Select((word, place) =>
        {
            var (form, summary) = Describe(word);
            return new LspCompletion(word.Text, NumberOf(word.Kind), form, summary, Invariant($"{place:0000}"), new LspEdit(document.Lines.RangeOf(word.Span), word.Text));
        })];
    }

    public LspHover? DescribeWord(OpenDocument document, LspPosition position) =>
        service.DescribeWord(document.Lines.Text, document.Lines.OffsetOf(position)) is { } word && HoverText.Write(word, isMarkdown) is { } text
            ? new LspHover(new LspMarkup(isMarkdown ? "markdown" : "plaintext", text), document.Lines.RangeOf(word.Span))
            : null;

    /// <summary>The changes that helps tell of what is marked in a range.</summary>
    public IReadOnlyList<LspAction> FindFixes(OpenDocument document, LspRange range)
    {
        var span = document.Lines.SpanOf(range);
        return [.. document.Check(service).Where(one => one.Found.Span.Start <= span.End && one.Found.Span.End >= span.Start)
            .Where(one => one.Found.Fix is not null)
            .Select(one => MakeAction(document, one.Shown, one.Found))];
    }

    /// <summary>The edit that lays the document out; none where it is so, or where it has an error of syntax.</summary>
    public static IReadOnlyList<LspEdit> Format(OpenDocument document) => document.Lines.FindEdit(RlmLanguage.Format(document.Lines.Text, document.Uri).Text);

    private static LspAction MakeAction(OpenDocument document, LspDiagnostic shown, Diagnostic found)
    {
        string help = found.Help ?? $"write `{found.Fix!.Text}`";
        var edit = new LspEdit(document.Lines.RangeOf(found.Fix!.Span), found.Fix.Text);
        return new($"{char.ToUpperInvariant(help[0])}{help[1..]}", QuickFix, [shown], true, new(new Dictionary<string, IReadOnlyList<LspEdit>> { [document.Uri] = [edit] }));
    }

    private static (string? Form, string? Summary) Describe(RlmCompletion word) => word.Kind switch
    {
        RlmCompletionKind.Operator when RlmLanguage.Operators.First(one => one.Name == word.Text) is var found => (found.Usage, found.Summary),
        RlmCompletionKind.Function when RlmLanguage.Functions.FirstOrDefault(one => one.Name == word.Text) is { } found => (found.Usage, found.Summary),
        _ => (null, null),
    };

    // The protocol's `CompletionItemKind`.
    private static int NumberOf(RlmCompletionKind kind) => kind switch
    {
        RlmCompletionKind.Field => 5,
        RlmCompletionKind.Variable => 6,
        RlmCompletionKind.Operator => 24,
        RlmCompletionKind.Function => 3,
        _ => 14,
    };
}
