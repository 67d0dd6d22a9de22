#!/usr/bin/env bash
# Runs README's examples as they stand and compares what they print: a block of commands right before the block of its output.
# Usage: tests/readme/check.sh BIN SAMPLES      the folder of rlm and rlm-docs, and that of the samples
set -euo pipefail
readme=$(cd "$(dirname "$0")/../.." && pwd)/README.md
PATH=$(cd "$1" && pwd):$PATH
cd "$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Of the machine neither a model, nor a configuration, nor what was kept of documents.
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config RLM_MODEL=offline
unset OPENAI_API_KEY OPENAI_BASE_URL ANTHROPIC_API_KEY

awk -v folder="$work" '
    /^```sh$/ { kind = "commands"; n++; next }
    /^```text$/ { if (previous == "```" && kind == "closed") { kind = "output"; printf "" >(folder "/" n ".output") } next }
    /^```$/ { kind = kind == "commands" ? "closed" : ""; previous = $0; next }
    kind == "commands" || kind == "output" { print >(folder "/" n "." kind) }
    { previous = $0 }' "$readme"

count=0
for expected in "$work"/*.output; do
    commands=${expected%.output}.commands
    # What has no result, such as a check that finds an error, speaks on stderr.
    bash "$commands" >"$work/out" 2>"$work/err" </dev/null || true
    [ -s "$work/out" ] || cp "$work/err" "$work/out"
    if ! diff "$expected" "$work/out" >"$work/diff"; then
        echo "readme: other output than README shows of: $(cat "$commands")" >&2
        cat "$work/diff" "$work/err" >&2
        exit 1
    fi
    count=$((count + 1))
done
[ "$count" -ge 3 ] || { echo "readme: only $count examples with their output were found" >&2; exit 1; }
echo "README: $count examples print what they show"
