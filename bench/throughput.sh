#!/usr/bin/env bash
# Paid calls against a server of fixed latency: makespan against the ideal, CPU a call next to a plain HttpClient loop, growth, memory of packed rows.
# Usage: bench/throughput.sh [short]; needs gcc, /usr/bin/time, and bin/rlm (dotnet publish src/Rlm.Cli -c Release -o bin).
set -euo pipefail
cd "$(dirname "$0")/.."
rlm=$PWD/bin/rlm
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
gcc -O2 -o "$work/server" bench/latency-server.c
dotnet publish bench/plain.cs -c Release -o "$work/plain" >"$work/plain.log" 2>&1 || { cat "$work/plain.log"; exit 1; }
seq 1 1000000 | sed 's/.*/Record & says that the parcel arrived late and the box was open./' >"$work/rows"

# measure LATENCY_MS ROWS_A_REPLY COMMAND...: prints makespan_ms wall_s cpu_s peak_kb; @PORT@ in the command is the server's port.
measure() {
    local latency=$1 rows=$2; shift 2
    rm -f "$work/served"
    "$work/server" "$latency" "$rows" >"$work/served" & local server=$!
    while [ ! -s "$work/served" ]; do sleep 0.01; done
    local port; port=$(head -1 "$work/served")
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' "${@//@PORT@/$port}" >"$work/out" 2>"$work/err" || { head -5 "$work/err" >&2; exit 1; }
    kill -TERM $server; wait $server || true
    awk 'NR==FNR { split($0, t, " "); next } FNR == 2 { print $2, t[1], t[2] + t[3], t[4], $1 }' "$work/time" "$work/served"
}

ask() { # CALLS PARALLEL
    head -n "$1" "$work/rows" >"$work/rows.$1"
    measure 50 0 "$rlm" run -q -e 'context | lines | map llm "Is it good?" | count by it' -c "$work/rows.$1" -m m --base-url "http://127.0.0.1:@PORT@/v1" --parallel "$2" --max-calls "$1"
}

plain() { measure 50 0 "$work/plain/plain" @PORT@ "$1" "$2" "$work/rows"; }

export OPENAI_API_KEY=none
calls=(${RLM_BENCH_CALLS:-100 1000 10000 100000}); [ "${1:-}" = short ] && calls=(100 1000)
runs=${RLM_BENCH_RUNS:-3}; [ "${1:-}" = short ] && runs=1
printf '%-10s %8s %8s %10s %10s %7s %9s %9s %9s\n' what calls parallel ideal_ms makespan ratio wall_s us/call peak_MB
for n in "${calls[@]}"; do
    for run in $(seq $runs); do
        for what in plain ask; do
            read -r makespan wall cpu peak made < <($what "$n" 256)
            awk -v w=$what -v n="$n" -v m="$makespan" -v s="$wall" -v c="$cpu" -v p="$peak" -v made="$made" \
                'BEGIN { i = int((n + 255) / 256) * 50; printf "%-10s %8d %8d %10d %10.0f %7.3f %9.2f %9.0f %9.0f\n", w, made, 256, i, m, m / i, s, c * 1e6 / n, p / 1024 }'
        done
    done
done

# Rows packed by 50: memory, of lines and of a table's rows.
{ echo id,name,city,amount,text; seq 1 1000000 | sed 's/.*/&,Customer &,Berlin,&.50,The parcel & arrived late and the box was open/'; } >"$work/table"
packed() { # ROWS FILE STAGES
    head -n "$1" "$work/$2" >"$work/packed"
    read -r makespan wall cpu peak made < <(measure 5 50 "$rlm" run -q -e "context | $3 pack 50 | count" -c "$work/packed" -m m --base-url "http://127.0.0.1:@PORT@/v1" --parallel 64 --max-calls "$1")
    printf 'packed by 50: %s %s, %s calls, %s s, %s s CPU, peak %s MB, answer %s\n' "$1" "$2" "$made" "$wall" "$cpu" $((peak / 1024)) "$(tail -1 "$work/out")"
}
for n in 10000 100000 1000000; do
    packed "$n" rows 'lines | where llm "Is it good?"'
    packed "$n" table 'parse csv | where llm "Is it good? {text}"'
    [ "${1:-}" = short ] && break
done
