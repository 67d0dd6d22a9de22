#!/usr/bin/env bash
# Size and start of native apps: hello world, what any app with a client of its own carries, and one that asks Rlm a question.
# Usage: bench/embedding.sh [PROPERTY=VALUE …], properties of the builds.      Needs Debian's package valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for app in hello client rlm; do
    dotnet publish "bench/embedding/$app.cs" -o "$work/out" --nologo -v quiet "${@/#/-p:}"
    # A copy alone: valgrind cannot read the debug file that lies beside the binary.
    cp "$work/out/$app" "$work/$app"
    # valgrind cannot reserve as much address space as the collector asks for by default.
    instructions=$(DOTNET_GCHeapHardLimit=0x10000000 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/$app" 2>&1 >/dev/null |
        grep -oE 'Collected : [0-9]+' | grep -oE '[0-9]+$')
    best=999999
    for _ in $(seq 100); do
        start=${EPOCHREALTIME/./}
        "$work/$app" >/dev/null
        took=$((${EPOCHREALTIME/./} - start))
        [ "$took" -ge "$best" ] || best=$took
    done
    awk -v app="$app" -v bytes="$(stat -c %s "$work/$app")" -v instructions="$instructions" -v best="$best" \
        'BEGIN { printf "%-7s %6.2f MB, %5.1f million instructions, %5.1f ms at best\n", app, bytes / 1e6, instructions / 1e6, best / 1e3 }'
done
