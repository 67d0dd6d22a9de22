#!/usr/bin/env bash
# Completes command lines in bash, zsh, fish and, where it is installed, PowerShell, and has man's macros checked.
# Usage: tests/shells/check.sh [RLM]      Needs Debian's packages zsh, fish and mandoc.
set -euo pipefail
cd "$(dirname "$0")"
rlm=$(realpath "${1:-../../bin/rlm}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/notes.txt"

for shell in bash zsh fish powershell; do
    "$rlm" completions "$shell" >"$work/$shell"
done

# Each line: what is typed, and what is to be among the completions.
cases=$(cat <<'CASES'
rlm cha=chat
rlm ask --gramm=--grammar
rlm ask --grammar custom=custom-tool
rlm run --journal-sync of=off
rlm help gre=grep
rlm help RLM410=RLM4101
rlm completions fi=fish
rlm run --format cs=csv
rlm grammar --format gb=gbnf
rlm config se=set
rlm runs sh=show
CASES
)

# What the shell of that name completes a line to, words separated by blanks.
complete_bash() {
    bash --norc -c 'source "$1"; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _rlm; echo "${COMPREPLY[*]}"' - "$work/bash" "$1"
}
complete_fish() {
    (cd "$work" && HOME=$work fish --no-config -c "source fish; complete -C '$1'" | cut -f 1 | tr '\n' ' ')
}
complete_zsh() {
    mkdir -p "$work/functions" && cp "$work/zsh" "$work/functions/_rlm"
    (cd "$work" && timeout 60 zsh -f "$OLDPWD/complete.zsh" "$work/functions" "$1")
}
complete_powershell() {
    pwsh -NoProfile -Command ". ([scriptblock]::Create((Get-Content -Raw '$work/powershell'))); (TabExpansion2 '$1' ${#1}).CompletionMatches.CompletionText -join ' '"
}

shells="bash fish zsh"
command -v pwsh >/dev/null && shells="$shells powershell"
count=0
for shell in $shells; do
    while IFS== read -r typed wanted; do
        got=$("complete_$shell" "$typed") || true
        case " $got " in
        *" $wanted "*) count=$((count + 1)) ;;
        *)
            echo "$shell completes \`$typed\` to \`$got\`, without $wanted"
            exit 1
            ;;
        esac
    done <<<"$cases"
done
[[ $(complete_fish "rlm run -c no") == *notes.txt* ]] || { echo "fish completes no file"; exit 1; }
if command -v pwsh >/dev/null; then
    [[ $(cd "$work" && complete_powershell "rlm run -c no") == *notes.txt* ]] || { echo "PowerShell completes no file"; exit 1; }
fi
"$rlm" help --man >"$work/rlm.1"
man -l "$work/rlm.1" | tr -s '\n ' ' ' | grep -qF "rlm run 'grep /ERROR/ | count' -c server.log" || { echo "the manual page does not show its examples as they are typed"; exit 1; }
# There is no date in it: the same source gives the same page.
if mandoc -T lint -W warning "$work/rlm.1" | grep -v "missing date"; then exit 1; fi
echo "$count completions in $shells, and a manual page"
