using Rlm.Cli.Help;

namespace Rlm.Cli.Lsp;

/// <summary>What is shown of a word: the page that <c>rlm help</c> has, or a name with its type.</summary>
internal static class HoverText
{
    /// <param name="word">The word.</param>
    /// <param name="isMarkdown">Whether the page is marked as one to be shown as it is laid out.</param>
    /// <returns>The text; null where there is nothing to say.</returns>
    public static string? Write(RlmWord word, bool isMarkdown)
    {
        var page = new TextLayout();
        switch (word.Kind)
        {
            case RlmCompletionKind.Operator:
                OperatorPage.Write(page, RlmLanguage.Operators.First(one => one.Name == word.Name));
                break;
            case RlmCompletionKind.Function when RlmLanguage.Functions.FirstOrDefault(one => one.Name == word.Name) is { } function:
                FunctionPage.Write(page, function);
                break;
            case RlmCompletionKind.Field or RlmCompletionKind.Variable or RlmCompletionKind.Word when word.Type is { } type:
                page.Line($"{NameOf(word.Kind)}{word.Name}: {type}");
                break;
            default:
                return null;
        }

        string text = page.ToString();
        return isMarkdown ? $"```rlm\n{text}```" : text;
    }

    private static string NameOf(RlmCompletionKind kind) => kind switch
    {
        RlmCompletionKind.Field => "field ",
        RlmCompletionKind.Variable => "variable ",
        _ => "",
    };
}
