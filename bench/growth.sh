#!/usr/bin/env bash
# Time and memory of counts over logs of 10 MB, 100 MB, 1 GB and 10 GB. Usage: bench/growth.sh [LARGEST-BYTES]
# Needs Debian's package time, and as much free disk and memory for the page cache as the largest text has.
set -euo pipefail
cd "$(dirname "$0")/.."
largest=${1:-10000000000}
rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for bytes in 10000000 100000000 1000000000 10000000000; do
    [ "$bytes" -le "$largest" ] || break
    dotnet run bench/corpus.cs -- log "$bytes" >"$log"
    cat "$log" >/dev/null
    for program in 'lines | count' 'grep /upstream timeout/ | count' 'grep /\d{4}-\d{2}-\d{2} 1/ | count' 'grep /timeout/ not | count' 'lines | where it contains "fatal" | count'; do
        printf '%12d  %-44s %s\n' "$bytes" "$program" "$(/usr/bin/time -f '%e s, %M KB' "$rlm" run -q -e "$program" -c "$log" 2>&1 | paste -sd' ')"
    done
done
