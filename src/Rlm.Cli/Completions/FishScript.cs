using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Completions;

/// <summary>A line for each verb and option, and one for the words of a verb.</summary>
internal sealed class FishScript : CompletionScript
{
    public override string Place => "~/.config/fish/completions/rlm.fish";

    protected override void Write(StringBuilder script, IReadOnlyList<Verb> verbs)
    {
        foreach (var verb in verbs)
            script.Append($"complete -c rlm -f -n __fish_use_subcommand -a {verb.Name} -d {QuoteText(verb.Summary)}\n");
        foreach (var verb in verbs)
        {
            string start = $"complete -c rlm -n '__fish_seen_subcommand_from {verb.Name}'";
            foreach (var option in verb.Options)
            {
                script.Append(start).Append(option.Name.StartsWith("--", StringComparison.Ordinal) ? $" -l {option.Name[2..]}" : $" -s {option.Name[1..]}");
                if (option.ShortName is { } name)
                    script.Append($" -s {name[1..]}");
                if (option.Choices.Count > 0)
                    script.Append($" -x -a {QuoteText(string.Join(' ', option.Choices))}");
                else if (!option.IsFlag)
                    script.Append(option.IsPath ? " -r -F" : " -x");
                script.Append($" -d {QuoteText(option.Summary)}\n");
            }

            if (verb.Words.Count > 0)
                script.Append($"{start} -f -a {QuoteText(string.Join(' ', verb.Words))}\n");
        }
    }

    private static string QuoteText(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
