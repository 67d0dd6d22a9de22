namespace Rlm.Cli.Help;

/// <summary>The page of a word of the language: an operator, a function, another word, a diagnostic.</summary>
internal static class TopicPage
{
    /// <summary>What there are pages of.</summary>
    public static IEnumerable<string> Names =>
    [
        .. RlmLanguage.Operators.Select(signature => signature.Head),
        .. RlmLanguage.Operators.Select(signature => signature.Name),
        .. RlmLanguage.Functions.Select(function => function.Name),
        .. RlmLanguage.Functions.SelectMany(function => function.Synonyms),
        .. RlmLanguage.Words.Select(word => word.Name),
        .. RlmLanguage.Operators.SelectMany(signature => signature.Words),
        .. DiagnosticPage.All.Select(descriptor => descriptor.Id),
    ];

    /// <summary>The word of a topic as somebody writes it.</summary>
    public static string Trim(string topic) => topic.Trim().Trim('`', '|', '(', ')').Trim();

    /// <summary>The page; null where there is none.</summary>
    public static string? Find(string topic)
    {
        topic = Trim(topic);
        if (DiagnosticPage.All.FirstOrDefault(
            descriptor => string.Equals(descriptor.Id, topic, StringComparison.OrdinalIgnoreCase)) is { } descriptor)
            return DiagnosticPage.Write(descriptor);

        string word = topic.ToLowerInvariant();
        bool isName = word.Contains(' ', StringComparison.Ordinal);
        IReadOnlyList<RlmOperator> operators =
            [.. RlmLanguage.Operators.Where(signature => word == (isName ? signature.Name : signature.Head))];
        var function = RlmLanguage.Functions.FirstOrDefault(function => function.Name == word)
            ?? (operators.Count > 0 ? null : RlmLanguage.Functions.FirstOrDefault(function => function.Synonyms.Contains(word)));
        var known = RlmLanguage.Words.FirstOrDefault(known => known.Name == word);
        IReadOnlyList<RlmOperator> takers = operators.Count > 0 ? [] : [.. RlmLanguage.Operators.Where(signature => signature.Words.Contains(word))];
        if (operators.Count == 0 && function is null && known is null && takers.Count == 0)
            return null;

        var page = new TextLayout();
        Write(page, operators);
        if (function is not null)
        {
            if (operators.Count > 0)
                page.Blank();
            FunctionPage.Write(page, function);
        }

        if (known is not null || takers.Count > 0)
        {
            if (operators.Count > 0 || function is not null)
                page.Blank();
            WordPage.Write(page, word, known, takers);
        }

        return page.ToString();
    }

    /// <summary>The pages of all operators.</summary>
    public static string WriteOperators()
    {
        var page = new TextLayout();
        Write(page, RlmLanguage.Operators);
        return page.ToString();
    }

    private static void Write(TextLayout page, IReadOnlyList<RlmOperator> operators)
    {
        for (int i = 0; i < operators.Count; i++)
        {
            if (i > 0)
                page.Blank();
            OperatorPage.Write(page, operators[i]);
        }
    }
}
