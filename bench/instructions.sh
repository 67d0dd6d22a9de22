#!/usr/bin/env bash
# Instructions that a count over 8 MB of log costs a byte, start-up taken off: a figure without noise, with a bound that CI holds.
# Usage: bench/instructions.sh      Needs Debian's package valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."
rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy alone: valgrind cannot read the debug file that lies beside the binary.
cp "$rlm" "$work/rlm"
bytes=8000000
dotnet run bench/corpus.cs -- log "$bytes" >"$work/log"
bytes=$(stat -c %s "$work/log")

instructions() {
    # valgrind cannot reserve as much address space as the collector asks for by default.
    DOTNET_GCHeapHardLimit=0x10000000 valgrind --tool=callgrind --callgrind-out-file="$work/out" "$work/rlm" run -q -e "$1" -c "$work/log" 2>&1 >/dev/null |
        grep -oE 'Collected : [0-9]+' | grep -oE '[0-9]+$'
}

start=$(instructions 1)
failed=0
# measure BOUND PROGRAM
measure() {
    awk -v all="$(instructions "$2")" -v start="$start" -v bytes="$bytes" -v bound="$1" -v program="$2" 'BEGIN {
        each = (all - start) / bytes
        printf "%-50s %6.2f instructions a byte, at most %s\n", program, each, bound
        exit each > bound
    }' || failed=1
}

echo "start-up: $start instructions"
measure 1 'lines | count'
measure 1.6 'grep /zebra crossing/ | count'
measure 1.2 'grep /(.*)*~/ | count'
measure 1.2 'grep /(error|warn|fatal).*timeout/ | count'
measure 7.5 'grep /\d{4}-\d{2}-\d{2} 1/ | count'
[ "$failed" -eq 0 ] || echo "instructions: over the bound; find what became slower, or raise the bound with a reason" >&2
exit "$failed"
