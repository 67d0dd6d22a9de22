using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;
using Rlm.Cli.Output;
using Rlm.Dsl;
using Rlm.Dsl.Text;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm help</c>: the language, an operator, a function, a diagnostic, a verb.</summary>
internal static class HelpCommand
{
    public static int Run(HelpInvocation help, CliHost host)
    {
        if (help.Topic is null)
        {
            host.Output.Write(LanguagePage.Write());
            return ExitCodes.Answered;
        }

        string topic = help.Topic.Trim().Trim('`', '|', '(', ')').Trim();
        if (PageOf(topic) is { } page)
        {
            host.Output.Write(page);
            return ExitCodes.Answered;
        }

        string near = NameSuggestion.For(topic, Topics()) is { } name ? $"; did you mean `{name}`?" : "; `rlm help` lists what there is";
        host.Error.WriteLine(PlainText.OneLine($"rlm: no help on `{PlainText.Cut(help.Topic, 60)}`{near}"));
        return ExitCodes.WrongUsage;
    }

    private static string? PageOf(string topic)
    {
        if (DiagnosticPage.All.FirstOrDefault(descriptor => string.Equals(descriptor.Id, topic, StringComparison.OrdinalIgnoreCase)) is { } descriptor)
            return DiagnosticPage.Write(descriptor);
        if (VerbCatalog.Find(topic) is { } verb)
            return UsagePage.Write(verb, isLong: true);

        string word = topic.ToLowerInvariant();
        bool isName = word.Contains(' ', StringComparison.Ordinal);
        IReadOnlyList<RlmOperator> operators = [.. RlmLanguage.Operators.Where(signature => word == (isName ? signature.Name : signature.Head))];
        var function = RlmLanguage.Functions.FirstOrDefault(function => function.Name == word);
        if (operators.Count == 0 && function is null)
            return null;

        var page = new TextLayout();
        for (int i = 0; i < operators.Count; i++)
        {
            if (i > 0)
                page.Blank();
            OperatorPage.Write(page, operators[i]);
        }

        if (function is not null)
        {
            if (operators.Count > 0)
                page.Blank();
            FunctionPage.Write(page, function);
        }

        return page.ToString();
    }

    private static IEnumerable<string> Topics() =>
    [
        .. RlmLanguage.Operators.Select(signature => signature.Head),
        .. RlmLanguage.Operators.Select(signature => signature.Name),
        .. RlmLanguage.Functions.Select(function => function.Name),
        .. DiagnosticPage.All.Select(descriptor => descriptor.Id),
        .. VerbCatalog.All.Select(verb => verb.Name),
    ];
}
