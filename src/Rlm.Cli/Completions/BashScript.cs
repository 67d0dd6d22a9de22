using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Completions;

/// <summary>A function that looks at the word before the cursor, and files where it finds nothing.</summary>
internal sealed class BashScript : CompletionScript
{
    public override string Place => "~/.local/share/bash-completion/completions/rlm";

    protected override void Write(StringBuilder script, IReadOnlyList<Verb> verbs)
    {
        script.Append(
            """
            _rlm() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=
                COMPREPLY=()
                case ${COMP_WORDS[1]}:$previous in

            """);
        foreach (var (option, owners) in ChoicesOf(verbs))
            WriteCase(script, (owners.Count == 0 ? ["*"] : owners).SelectMany(owner => option.Names.Select(name => $"{owner}:{name}")), option.Choices, isEnd: true);
        var others = OptionsOf(verbs).Where(static option => !option.IsFlag && option.Choices.Count == 0);
        script.Append($"        {string.Join('|', others.SelectMany(static option => option.Names).Select(static name => $"*:{name}"))}) return ;;\n    esac\n");
        script.Append("    if [ \"$COMP_CWORD\" -eq 1 ]; then\n");
        script.Append($"        words={Quote(string.Join(' ', verbs.Select(static verb => verb.Name).Concat(["--version", "--licenses"])))}\n    else\n        case ${{COMP_WORDS[1]}} in\n");
        foreach (var verb in verbs)
            WriteCase(script, [verb.Name], verb.Options.SelectMany(static option => option.Names).Concat(verb.Words), isEnd: false);
        script.Append("        esac\n    fi\n    case ${COMP_WORDS[1]} in\n        ")
            .Append(string.Join('|', verbs.Where(static verb => verb.Words.Count > 0).Select(static verb => verb.Name)))
            .Append(") ;;\n        *) [[ $current == -* || $COMP_CWORD -eq 1 ]] || return ;;\n    esac\n");
        script.Append(
            """
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _rlm rlm

            """);
    }

    private static void WriteCase(StringBuilder script, IEnumerable<string> names, IEnumerable<string> words, bool isEnd)
    {
        string joined = Quote(string.Join(' ', words));
        script.Append(isEnd ? $"        {string.Join('|', names)}) COMPREPLY=($(compgen -W {joined} -- \"$current\")); return ;;\n"
            : $"            {string.Join('|', names)}) words={joined} ;;\n");
    }
}
