#!/usr/bin/env bash
# Folds, sorts and a join over a table of CSV with rlm and with DuckDB, side by side on the same warm file, on one and on two processors.
# Usage: bench/tables.sh [BYTES [RUNS]]     BYTES of the table [1000000000], RUNS of each program [3]
# Needs Node.js with npm, which fetches @duckdb/node-api, and Debian's package time. Fails where the two answer differently.
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

awk -v bytes="$bytes" -v table="$work/t.csv" -v names="$work/names.csv" 'BEGIN {
    srand(1)
    print "id,name,city,price,qty,day" >table
    for (i = written = 0; written < bytes; i++) {
        row = sprintf("%d,name%d,city%d,%d.%02d,%d,2026-%02d-%02d", i, int(rand() * 1000), int(rand() * 64), int(rand() * 100), int(rand() * 100), int(rand() * 50), 1 + i % 12, 1 + i % 28)
        print row >table
        written += length(row) + 1
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
            run $processors "$rlm" run -q -e "$1" -c t=t.csv -c names=names.csv
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
exit $different
