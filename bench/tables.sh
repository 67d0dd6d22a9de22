#!/usr/bin/env bash
# Folds, sorts and a join over CSV, JSON lines and a log with rlm and with DuckDB, side by side on the same warm files, on one and on two
# processors; and with Miller and jq, once, where these are installed.
# Usage: bench/tables.sh [BYTES [RUNS]]     BYTES of each file [1000000000], RUNS of each program [3]
# Needs Node.js with npm, which fetches @duckdb/node-api, and Debian's package time. Fails where two answer differently.
set -euo pipefail
cd "$(dirname "$0")/.."
bytes=${1:-1000000000}
runs=${2:-3}
export rlm=$PWD/bin/rlm
[ -x "$rlm" ] || dotnet publish src/Rlm.Cli -c Release -o bin --nologo -v quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund @duckdb/node-api >/dev/null) || { echo "tables: npm cannot fetch @duckdb/node-api" >&2; exit 2; }
cat >"$work/duck.mjs" <<'JS'
// node duck.mjs THREADS SQL: the first column of the answer, a line a row
import { DuckDBInstance } from '@duckdb/node-api';
const [threads, sql] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
for (const [value] of await (await connection.run(sql)).getRows())
    console.log(String(value));
JS

awk -v bytes="$bytes" -v table="$work/t.csv" -v lines="$work/t.jsonl" -v log_file="$work/t.log" -v names="$work/names.csv" 'BEGIN {
    srand(1)
    print "id,name,city,price,qty,day" >table
    for (i = written = written_lines = 0; written < bytes; i++) {
        name = int(rand() * 1000); city = int(rand() * 64); price = sprintf("%d.%02d", int(rand() * 100), int(rand() * 100)); qty = int(rand() * 50)
        day = sprintf("2026-%02d-%02d", 1 + i % 12, 1 + i % 28)
        row = sprintf("%d,name%d,city%d,%s,%d,%s", i, name, city, price, qty, day)
        print row >table
        written += length(row) + 1
        if (written_lines >= bytes)
            continue
        row = sprintf("{\"id\":%d,\"name\":\"name%d\",\"city\":\"city%d\",\"price\":%s,\"qty\":%d,\"day\":\"%s\"}", i, name, city, price + 0, qty, day)
        print row >lines
        written_lines += length(row) + 1
        printf("%sT10:%02d:%02d host=web%d level=%s request took %d ms for /api/v1/items/%d\n", day, i % 60, i * 7 % 60, name % 20, i % 10 ? "INFO" : "ERROR", name, i) >log_file
    }
    print "name,area" >names
    for (i = 0; i < 1000; i++)
        print "name" i ",area" i % 10 >names
}'
cd "$work"

# Runs a command on some processors: what it prints is in `output`, its seconds in `wall` and `cpu`, its memory in `memory`.
run() {
    local processors=$1
    shift
    /usr/bin/time -o times -f '%e %U %S %M' taskset -c "0-$((processors - 1))" "$@" >output 2>errors || { cat errors >&2; exit 1; }
    read -r wall user system memory < <(tail -1 times)
    cpu=$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')
}
median() {
    printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}

different=0
printf '%-34s %5s %8s %8s %7s %7s %8s %8s\n' program cpus rlm/s duckdb/s wall cpu rlm/MB duckdb/MB
# compare LABEL PROGRAM SQL
compare() {
    local label=$1
    shift
    for processors in 1 2; do
        local mine=() theirs=() my_cpu=() their_cpu=() my_memory=0 their_memory=0
        for _ in $(seq "$runs"); do
            run $processors "$rlm" run -q -e "$1" -c t=t.csv -c names=names.csv -c j=t.jsonl -c l=t.log
            mv output mine && mine+=("$wall") my_cpu+=("$cpu") my_memory=$memory
            run $processors node duck.mjs $processors "$2"
            mv output theirs && theirs+=("$wall") their_cpu+=("$cpu") their_memory=$memory
        done
        if ! diff -q mine theirs >/dev/null; then
            echo "tables: $label differs: $(head -3 mine | tr '\n' ' ')and $(head -3 theirs | tr '\n' ' ')" >&2
            different=1
        fi
        awk -v p="$label" -v n=$processors -v m="$(median "${mine[@]}")" -v t="$(median "${theirs[@]}")" -v mc="$(median "${my_cpu[@]}")" -v tc="$(median "${their_cpu[@]}")" \
            -v mm=$my_memory -v tm=$their_memory 'BEGIN { printf "%-34s %5d %8.2f %8.2f %7.2f %7.2f %8.0f %8.0f\n", p, n, m, t, m / t, mc / tc, mm / 1024, tm / 1024 }'
    done
}

compare 'count by city' 't | parse csv | count by city | sort by city | map count' "select count(*) from 't.csv' group by city order by city"
compare 'where price > 50 | sum qty by city' 't | parse csv | where price > 50 | sum qty by city | sort by city | map sum' "select sum(qty)::bigint from 't.csv' where price > 50 group by city order by city"
compare 'sort by price desc, id | first 10' 't | parse csv | sort by price desc, id | first 10 | map id' "select id from 't.csv' order by price desc, id limit 10"
compare 'top 10 by id' 't | parse csv | top 10 by id | map id' "select id from 't.csv' order by id desc limit 10"
compare 'join of 1,000 names | count by area' 't | parse csv | join (names | parse csv) on name | count by area | sort by area | map count' \
    "select count(*) from 't.csv' join 'names.csv' using (name) group by area order by area"
compare 'aggregate of 3 folds by city' 't | parse csv | aggregate n = count(), s = sum(qty), m = max(qty) by city | sort by city | map "{n} {s} {m}"' \
    "select count(*) || ' ' || sum(qty)::bigint || ' ' || max(qty) from 't.csv' group by city order by city"
compare 'count by city, day' 't | parse csv | count by city, day | sort by city, day | map count' "select count(*) from 't.csv' group by city, day order by city, day"
compare 'JSON lines: count by name' 'j | parse jsonl | count by name | sort by name | map count' "select count(*) from 't.jsonl' group by name order by name"
compare 'JSON lines: where | sum qty by city' 'j | parse jsonl | where price > 50 | sum qty by city | sort by city | map sum' "select sum(qty)::bigint from 't.jsonl' where price > 50 group by city order by city"
text="read_csv('t.log', columns = {'line': 'varchar'}, delim = '\x01', header = false, quote = '', escape = '')"
compare 'extract /took (?<ms>\d+) ms/ | sum ms' 'l | extract /took (?<ms>\d+) ms/ as {ms: number} | sum ms' "select sum(regexp_extract(line, 'took (\d+) ms', 1)::int)::bigint from $text"
compare 'extract host and level | count by both' 'l | extract /host=(?<host>\w+) level=(?<level>\w+)/ | count by host, level | sort by host, level | map count' \
    "select count(*) from (select regexp_extract(line, 'host=(\w+) level=(\w+)', ['host', 'level']) as found from $text) group by found order by found.host, found.level"

# once LABEL PROGRAM COMMAND…: the same with another tool, which prints the answers as rlm does
once() {
    local label=$1 program=$2 mine
    shift 2
    command -v "$1" >/dev/null || return 0
    run 2 "$rlm" run -q -e "$program" -c t=t.csv -c j=t.jsonl
    mv output mine && mine=$wall
    run 2 "$@"
    if ! diff -q mine output >/dev/null; then
        echo "tables: $label differs with $1: $(head -3 mine | tr '\n' ' ')and $(head -3 output | tr '\n' ' ')" >&2
        different=1
    fi
    awk -v p="$label" -v tool="$1" -v m="$mine" -v t="$wall" -v mm=$memory 'BEGIN { printf "%-34s %5s %8.2f %8.2f %7.2f %33.0f\n", p, tool, m, t, m / t, mm / 1024 }'
}
once 'count by city' 't | parse csv | count by city | sort by city | map count' mlr --icsv --onidx count -g city then sort -f city then cut -f count t.csv
once 'where price > 50 | sum qty by city' 't | parse csv | where price > 50 | sum qty by city | sort by city | map sum' \
    mlr --icsv --onidx filter '$price > 50' then stats1 -a sum -f qty -g city then sort -f city then cut -f qty_sum t.csv
once 'JSON lines: where | sum qty by city' 'j | parse jsonl | where price > 50 | sum qty by city | sort by city | map sum' \
    jq -n -r 'reduce inputs as $row ({}; if $row.price > 50 then .[$row.city] += $row.qty else . end) | to_entries | sort_by(.key)[] | .value' t.jsonl
once 'JSON lines: count by name' 'j | parse jsonl | count by name | sort by name | map count' \
    jq -n -r 'reduce inputs as $row ({}; .[$row.name] += 1) | to_entries | sort_by(.key)[] | .value' t.jsonl
exit $different
