using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Completions;

/// <summary>A function for <c>_arguments</c>, which shows what each option is for.</summary>
internal sealed class ZshScript : CompletionScript
{
    public override string Place => "a folder of $fpath, as _rlm";

    protected override void Write(StringBuilder script, IReadOnlyList<Verb> verbs)
    {
        script.Append(
            """
            #compdef rlm
            _rlm() {
                if (( CURRENT == 2 )); then
                    local -a commands=(

            """);
        foreach (var verb in verbs)
            script.Append($"            {Quote($"{verb.Name}:{verb.Summary}")}\n");
        script.Append(
            """
                    )
                    _describe command commands
                    return
                fi
                local verb=$words[2]
                shift words
                (( CURRENT-- ))
                case $verb in

            """);
        foreach (var verb in verbs)
        {
            string[] options = [.. verb.Options.SelectMany(static option => option.Names.Select(name => Spec(option, name)))];
            string argument = verb.Words.Count > 0 ? $"*:word:({string.Join(' ', verb.Words)})" : "*:file:_files";
            script.Append($"        {verb.Name}) _arguments \\\n            {string.Join(" \\\n            ", options.Append(argument).Select(Quote))} ;;\n");
        }

        // Bound where it is sourced, run where zsh has loaded it by its name.
        script.Append(
            """
                esac
            }
            if [ "$funcstack[1]" = _rlm ]; then _rlm "$@"; else compdef _rlm rlm; fi

            """);
    }

    private static string Spec(OptionSpec option, string name) =>
        (option.IsRepeatable ? "*" : option.ShortName is null ? "" : $"({string.Join(' ', option.Names)})") + $"{name}[{Escape(option.Summary)}]"
        + (option.IsFlag ? "" : $":{Escape(option.ValueName!)}:{(option.Choices.Count > 0 ? $"({string.Join(' ', option.Choices)})" : option.IsPath ? "_files" : " ")}");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
            escaped.Append(c is '[' or ']' or ':' or '\\' ? $"\\{c}" : c.ToString());
        return escaped.ToString();
    }
}
