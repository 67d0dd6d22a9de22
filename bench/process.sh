#!/usr/bin/env bash
# Whole-process figures of the native binary: start, check, memory of a scan over 1 GB (needs Debian's package time). Usage: bench/process.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-40}
rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

# Minimum, median and maximum wall time of a command in milliseconds.
wall() {
    for _ in $(seq "$runs"); do
        local start=$EPOCHREALTIME
        "$@" >/dev/null 2>&1
        local end=$EPOCHREALTIME
        echo $(((${end/./} - ${start/./})))
    done | sort -n | awk '{ t[NR] = $1 } END { printf "min %.1f ms, median %.1f ms, max %.1f ms\n", t[1] / 1000, t[int((NR + 1) / 2)] / 1000, t[NR] / 1000 }'
}

program='context | grep /ERROR/ | extract "{day} {clock} {level} {msg}" | where level == "ERROR" | count by day | sort by count desc'
echo "binary: $(stat -c %s "$rlm") bytes; needs: $(ldd "$rlm" | awk '{ print $1 }' | paste -sd' ')"
echo "true:            $(wall /bin/true)"
echo "rlm --version:   $(wall "$rlm" --version)"
echo "rlm check, 6 stages: $(wall "$rlm" check -e "$program")"
echo "rlm run on samples/server.log: $(wall "$rlm" run -e "$program" -c samples/server.log)"

big=$(mktemp)
trap 'rm -f "$big"' EXIT
for _ in $(seq 1408); do cat samples/server.log; done >"$big"
for scan in 'context | grep "x" | count' 'context | grep /ERROR.*took=\d{4}/ | count' 'context | lines | count'; do
    echo "$(stat -c %s "$big") bytes, $scan: $(/usr/bin/time -f "%e s, %M kB at most" "$rlm" run -e "$scan" -c "$big" 2>&1 | paste -sd' ')"
done

# 1,000 calls of 20 ms at parallel 64: ideal is 16 rounds, 320 ms.
served=$(mktemp)
lines=$(mktemp)
dotnet run --project bench/Rlm.Benchmarks -c Release -- serve 20 >"$served" &
trap 'pkill -P $! 2>/dev/null; kill $! 2>/dev/null; rm -f "$big" "$served" "$lines"' EXIT
until [ -s "$served" ]; do sleep 0.2; done
seq -f "line %g" 1000 >"$lines"
for _ in 1 2 3 4 5 6; do
    "$rlm" run -e 'answer context | lines | map llm "Say ok." | join ""' -c "$lines" --max-calls 1000 --parallel 64 \
        --base-url "$(cat "$served")" --model any --json 2>/dev/null | grep -E '"(calls|elapsedMs)"' | paste -sd' '
done
