#!/usr/bin/env bash
# Calls through workers on PostgreSQL, all on this machine, against a server of fixed latency: with 1, 2 and 4 workers, what a call costs each
# process, and growth. Usage: bench/workers.sh [short]; needs gcc, node, PostgreSQL, /usr/bin/time, and bin/rlm with bin/rlm-worker.
set -euo pipefail
cd "$(dirname "$0")/.."
rlm=$PWD/bin/rlm
work=$(mktemp -d)
. tests/workers/postgres.sh
finish() {
    kill $(jobs -p) 2>/dev/null || true
    stop_postgres
    rm -rf "$work"
}
trap finish EXIT
gcc -O2 -o "$work/latency" bench/latency-server.c
make_postgres
export RLM_WORKERS=$admin XDG_STATE_HOME=$work/state OPENAI_API_KEY=none
"$rlm" workers init -q
printf '%-8s %8s %8s %9s %9s %12s %12s %12s %9s\n' calls workers slots wall_s calls/s us/call_run us/call_wkr us/call_pg table_MB

# Processor time of a process and of those that it has waited for, in ticks.
ticks() {
    awk '{ print $14 + $15 + $16 + $17 }' "/proc/$1/stat" 2>/dev/null || echo 0
}

# Those of the server: what runs, and what has ended.
server_ticks() {
    local pid sum=0
    for pid in $(head -1 "$work/data/postmaster.pid") $(pgrep -P "$(head -1 "$work/data/postmaster.pid")"); do
        sum=$((sum + $(ticks "$pid")))
    done
    echo $sum
}

have_joined() {
    [ "$(sql "select count(*) from rlm.rlm_worker")" = "$1" ]
}

measure() { # CALLS WORKERS SLOTS LATENCY_MS
    local calls=$1 workers=$2 slots=$3
    rm -f "$work/served"
    "$work/latency" "$4" 0 >"$work/served" &
    local server=$! pids=()
    await test -s "$work/served"
    for i in $(seq "$workers"); do
        "$rlm" worker -q --name "w$i" --slots "$slots" --base-url "http://127.0.0.1:$(head -1 "$work/served")/v1" >"$work/w$i.log" 2>&1 &
        pids+=($!)
    done
    await have_joined "$workers"
    seq "$calls" | sed 's/.*/Record & says that the parcel arrived late and the box was open./' >"$work/rows"
    local before=$(server_ticks)
    /usr/bin/time -o "$work/time" -f '%e %U %S' "$rlm" run -q -e 'context | lines | map llm "Is it good?" | count by it' -c "$work/rows" -m m --max-calls "$calls" --no-journal >"$work/out" || cat "$work/out"
    local after=$(server_ticks) table
    table=$(sql "select round((pg_total_relation_size('rlm.rlm_task') + pg_total_relation_size('rlm.rlm_result')) / 1e6, 1)")
    local worked=0
    for pid in "${pids[@]}"; do
        worked=$((worked + $(ticks "$pid")))
    done
    awk -v n="$calls" -v w="$workers" -v s="$slots" -v worked="$worked" -v pg=$((after - before)) -v table="$table" -v hz="$(getconf CLK_TCK)" \
        '{ printf "%-8d %8d %8d %9.2f %9.0f %12.0f %12.0f %12.0f %9s\n", n, w, s, $1, n / $1, ($2 + $3) / n * 1e6, worked / hz / n * 1e6, pg / hz / n * 1e6, table }' "$work/time"
    kill "${pids[@]}"
    wait "${pids[@]}" || true
    kill -TERM $server
    wait $server || true
}

if [ "${1:-}" = short ]; then
    measure 500 2 32 50
    exit
fi
for workers in 1 2 4; do
    measure 4000 $workers 32 50
done
for calls in ${RLM_BENCH_CALLS:-1000 10000 100000}; do
    measure "$calls" 2 256 0
done
