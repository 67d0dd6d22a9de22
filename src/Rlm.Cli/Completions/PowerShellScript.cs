using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Completions;

/// <summary>A completer with a table of each verb's words.</summary>
internal sealed class PowerShellScript : CompletionScript
{
    public override string Place => "$PROFILE";

    protected override void Write(StringBuilder script, IReadOnlyList<Verb> verbs)
    {
        script.Append(
            """
            Register-ArgumentCompleter -Native -CommandName rlm -ScriptBlock {
                param($word, $line, $cursor)
                $verbs = [ordered]@{

            """);
        foreach (var verb in verbs)
            script.Append($"        {QuoteText(verb.Name)} = @({Items(verb.Options.SelectMany(static option => option.Names).Concat(verb.Words))})\n");
        script.Append("    }\n    $choices = @{\n");
        foreach (var (option, owners) in ChoicesOf(verbs))
        {
            foreach (string owner in owners.Count == 0 ? [""] : owners.Select(static owner => $"{owner} "))
                script.Append($"        {QuoteText(owner + option.Name)} = @({Items(option.Choices)})\n");
        }

        script.Append("    }\n    $values = @(").Append(Items(OptionsOf(verbs).Where(static option => !option.IsFlag).SelectMany(static option => option.Names)));
        script.Append(
            """
            )
                $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
                $found = if ($before.Count -lt 2) { $verbs.PSBase.Keys }
                    elseif ($choices.ContainsKey($before[-1])) { $choices[$before[-1]] }
                    elseif ($choices.ContainsKey("$($before[1]) $($before[-1])")) { $choices["$($before[1]) $($before[-1])"] }
                    elseif ($values -contains $before[-1]) { }
                    else { $verbs[$before[1]] }
                $found | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """);
    }

    private static string Items(IEnumerable<string> words) => string.Join(", ", words.Select(QuoteText));

    private static string QuoteText(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
